//! Overlays as the resolved model shows them: which layer says what, and what of the layers below no longer fits.

mod fitting;
mod marks;

pub(crate) use fitting::keep_fitting;
pub(crate) use marks::mark;
