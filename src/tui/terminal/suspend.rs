//! Stopping until the shell continues the program.

use std::{fs, io};

use signal_hook::consts::SIGTSTP;

/// Stops all threads; returns when the program was continued.
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(SIGTSTP)
}

/// Whether somebody can continue the program: a shell with job control gives each job a process group of
/// its own, so a program in the group of its session was started by a desktop or a script, and a stop would
/// freeze its window for ever. Where the system does not tell, we take it that there is a shell.
pub(super) fn a_shell_can_continue_us() -> bool {
    fs::read_to_string("/proc/self/stat").map_or(true, |stat| has_a_group_of_its_own(&stat).unwrap_or(true))
}

/// `pid (name) state parent group session …`; the name may hold anything, brackets too.
fn has_a_group_of_its_own(stat: &str) -> Option<bool> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(2);
    Some(fields.next()? != fields.next()?)
}

#[cfg(test)]
mod tests {
    use super::has_a_group_of_its_own;

    #[test]
    fn a_job_of_a_shell_has_its_own_process_group() {
        assert_eq!(has_a_group_of_its_own("812 (gouji) S 700 812 700 34816 812 0"), Some(true));
        assert_eq!(has_a_group_of_its_own("812 (gouji) S 1 812 812 34816 812 0"), Some(false));
        assert_eq!(has_a_group_of_its_own("812 (a) b) S 700 700 700 34816 700 0"), Some(false));
        assert_eq!(has_a_group_of_its_own("nonsense"), None);
    }
}
