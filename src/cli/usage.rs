//! Help and mistakes of the command line in Chinese.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::Write;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};

use super::{Cli, Outcome};

/// The command line with nothing of clap's own English left in its help.
pub(super) fn command() -> Command {
    localised(Cli::command())
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本"))
}

/// Prints help or the version; a mistake becomes an error.
pub(super) fn explain(error: &Error, args: &[OsString], out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(out, "{}", error.render())?;
            Ok(Outcome::Done)
        }
        _ => anyhow::bail!("{}\n用法请运行 {} --help 查看", mistake(error), command_of(args)),
    }
}

fn localised(command: Command) -> Command {
    let mut template = String::from("{about}\n\n用法：{usage}");
    if command.has_subcommands() {
        template.push_str("\n\n命令：\n{subcommands}");
    }
    if command.get_positionals().next().is_some() {
        template.push_str("\n\n参数：\n{positionals}");
    }
    template.push_str("\n\n选项：\n{options}{after-help}\n");
    command
        .help_template(StyledStr::from(template))
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助"))
        // In a table, what follows a Chinese name would stand crooked.
        .mut_args(|arg| arg.next_line_help(true))
        .mut_subcommands(localised)
}

/// The commands at the beginning of a command line.
fn command_of(args: &[OsString]) -> String {
    let mut command = Cli::command();
    let mut words = vec![command.get_name().to_owned()];
    for arg in args.iter().skip(1) {
        let Some(inner) = command.find_subcommand(arg).cloned() else { break };
        words.push(inner.get_name().to_owned());
        command = inner;
    }
    words.join(" ")
}

fn mistake(error: &Error) -> String {
    let arg = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let sentence = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("“{arg}”后面缺少内容"),
        ErrorKind::InvalidValue => {
            let valid = context(error, ContextKind::ValidValue);
            format!("“{arg}”不能是“{value}”，可以是 {valid}")
        }
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("没有“{arg}”这个选项"),
        ErrorKind::UnknownArgument => format!("多了一个参数“{arg}”"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", context(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let valid = context(error, ContextKind::ValidSubcommand);
            if valid.is_empty() {
                "缺少命令".to_owned()
            } else {
                format!("缺少命令，可以是 {valid}")
            }
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::ValueValidation => {
            let reason = error.source().map_or(String::new(), |reason| format!("：{reason}"));
            format!("“{arg}”不能是“{value}”{reason}")
        }
        ErrorKind::ArgumentConflict => {
            let prior = context(error, ContextKind::PriorArg);
            if arg.is_empty() {
                format!("写了“{prior}”之后不能再写别的命令或参数")
            } else if prior.is_empty() || prior == arg {
                format!("“{arg}”写了两次，或不能写在这里")
            } else {
                format!("“{arg}”不能与“{prior}”同时使用")
            }
        }
        ErrorKind::InvalidUtf8 => "参数中有无法识别的字符".to_owned(),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::TooManyValues => {
            format!("“{arg}”的内容写法不对")
        }
        _ => "命令写法不对".to_owned(),
    };
    let close = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|close| !close.is_empty());
    close.map_or_else(|| sentence.clone(), |close| format!("{sentence}。是否为“{close}”？"))
}

/// What clap knows of the mistake; several values are joined.
fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    }
}
