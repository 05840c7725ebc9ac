//! Terminal: bytes to keys, buffers to bytes, the session loop. The only room besides `ui` that knows ratatui and crossterm.
//!
//! ```text
//! wire ──bytes──► input ──Key, Paste──► Screen (app and ui) ──Buffer──► frame(painter) ──bytes──► wire
//!                   └──answers──► pacing ──may paint?──┘
//! ```
//!
//! `session` is the loop around that, `tty` the wire to the local terminal; a socket is another wire.

pub mod desk_screen;
pub mod frame;
pub mod input;
pub mod pacing;
pub mod painter;
pub mod ready;
pub mod seated;
pub mod session;
pub mod tty;
pub mod wire;
