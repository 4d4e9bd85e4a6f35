//! Compiles `overlay.yaml`, which names the contract that it lies over, to `OUT_DIR`.

fn main() -> Result<(), wcs_codegen::build::BuildError> {
    wcs_codegen::build::to_out_dir("overlay.yaml")
}
