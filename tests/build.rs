//! Compiles the contract of the table of values to `OUT_DIR`.

fn main() -> Result<(), wcs_codegen::build::BuildError> {
    wcs_codegen::build::to_out_dir("cases/values/schema.yaml")
}
