//! The program: runs the command line and turns its outcome into an exit code.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = BufWriter::new(std::io::stdout());
    let mut err = std::io::stderr();
    gouji::cli::run(std::env::args_os(), &mut out, &mut err).unwrap_or_else(|error| {
        // Should this fail, nobody is left to be told.
        let _ = writeln!(err, "错误：{error}");
        ExitCode::from(2)
    })
}
