//! Faces: App → Buffer. Pure; one face per room of `app`, with the same name.

pub mod canvas;
pub mod compare;
mod counts;
pub mod curtain;
pub mod erasing;
pub mod form;
pub mod import;
mod inbox;
pub mod list;
pub mod moving;
pub mod pick;
pub mod preview;
pub mod reason;
pub mod record;
mod screening;
pub mod sheet;
pub mod theme;
pub mod today;
pub mod trail;
pub mod view;
