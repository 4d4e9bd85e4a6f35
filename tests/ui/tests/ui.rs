//! One file per mistake, with the exact words of the compiler beside it; and files that must compile and run.
//! `TRYBUILD=overwrite` writes the words anew.

#[test]
fn mistakes_are_one_error_at_their_place() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}

#[test]
fn what_is_promised_compiles_and_runs() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
