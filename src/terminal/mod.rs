//! Terminal: bytes to keys, buffers to bytes, the session loop. The only room besides `ui` that knows ratatui and crossterm.

pub mod input;
pub mod pacing;
pub mod painter;
pub mod session;
pub mod tty;
