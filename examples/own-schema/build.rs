//! Compiles `schema/` to `OUT_DIR`.

fn main() -> Result<(), String> {
    wcs_codegen::build::to_out_dir("schema")
}
