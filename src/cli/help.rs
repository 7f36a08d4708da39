//! Help in Chinese. `help_zh.toml` translates the English texts of the commands and arguments; clap itself has no translations.

use super::options;
use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command};
use peakshift::messages::Lang;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Place after all other options, as clap's own `--help` and `--version` have it.
const LAST: usize = 999;

/// Whether an error of parsing is a help that was asked for, or that an incomplete command line gets.
pub(crate) fn is_help(error: &clap::Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
}

/// Language of the help. clap shows help before it returns any argument, so `--lang` is looked up here.
pub(crate) fn lang() -> Lang {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let value = |place: usize| match arguments[place].strip_prefix("--lang") {
        Some("") => arguments.get(place + 1).map(String::as_str),
        rest => rest.and_then(|rest| rest.strip_prefix('=')),
    };
    let given = (0..arguments.len()).find_map(|place| options::parse_lang(value(place)?).ok());
    given.unwrap_or_else(options::locale_lang)
}

/// The command with its help in Chinese.
pub(crate) fn in_chinese(command: Command) -> Command {
    let mut command = worded(command);
    // clap adds its help command and writes usages only when it builds
    command.build();
    framed(command)
}

/// The translation of an English text, or the text itself.
fn translated(english: &str) -> &str {
    static TEXTS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let texts =
        TEXTS.get_or_init(|| toml::from_str(include_str!("help_zh.toml")).expect("the texts are part of the program, and tests read them"));
    texts.get(english).map_or(english, String::as_str)
}

fn translated_styled(english: &StyledStr) -> String {
    translated(&english.to_string()).to_owned()
}

/// A text of several lines, translated line by line; the lines of examples have no translation.
fn translated_lines(english: &StyledStr) -> String {
    english.to_string().lines().map(translated).collect::<Vec<_>>().join("\n")
}

/// The command with Chinese texts, before clap builds it.
fn worded(command: Command) -> Command {
    let (about, after) = (command.get_about().map(translated_styled), command.get_after_help().map(translated_lines));
    let has_long = command.get_arguments().any(|arg| !described_values(arg).is_empty());
    let command = command.mut_args(worded_argument).mut_subcommands(worded);
    let command = about.into_iter().fold(command, Command::about);
    let command = after.into_iter().fold(command, Command::after_help);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(LAST);
    let help = if has_long {
        help.help(translated("Print help (see more with '--help')")).long_help(translated("Print help (see a summary with '-h')"))
    } else {
        help.help(translated("Print help"))
    };
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).display_order(LAST);
    let version = version.help(translated("Print version"));
    command.disable_help_flag(true).disable_version_flag(true).arg(help).arg(version)
}

/// Lines of the values that an argument describes one by one.
fn described_values(arg: &Arg) -> Vec<String> {
    let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    let line = |value: &clap::builder::PossibleValue| Some(format!("- {}：{}", value.get_name(), translated_styled(value.get_help()?)));
    values.iter().filter_map(line).collect()
}

/// The argument with its text, default and values in Chinese; clap would write the latter two in English.
fn worded_argument(arg: Arg) -> Arg {
    let text = arg.get_help().map(translated_styled).unwrap_or_default();
    if !arg.get_action().takes_values() {
        return arg.help(text);
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default = if defaults.is_empty() { String::new() } else { format!("[默认：{}]", defaults.join(" ")) };
    let names: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let values = if names.is_empty() { String::new() } else { format!("[可选值：{}]", names.join("、")) };
    let lines = described_values(&arg);
    let parts = [text.as_str(), &default, &values].into_iter().filter(|part| !part.is_empty());
    let arg = arg.hide_default_value(true).hide_possible_values(true).help(parts.collect::<Vec<_>>().join(" "));
    if lines.is_empty() { arg } else { arg.long_help(format!("{text}\n\n可选值：\n{}\n\n{default}", lines.join("\n"))) }
}

/// The built command with Chinese headings and usage.
fn framed(command: Command) -> Command {
    let mut command = command.mut_subcommands(framed);
    if command.get_name() == "help" {
        let about = command.get_about().map(translated_styled);
        command = about.into_iter().fold(command, Command::about);
    }
    let usage = command.render_usage().ansi().to_string();
    let usage = usage.split_once(' ').map_or("", |(_, usage)| usage);
    let usage = usage.replace("[OPTIONS]", "[选项]").replace("COMMAND", "命令");
    let template = template(&command);
    command.override_usage(usage).help_template(template)
}

/// Frame of a command's help: clap's own, with Chinese headings.
fn template(command: &Command) -> String {
    let (usage, header) = (command.get_styles().get_usage(), command.get_styles().get_header());
    let parts = [
        (command.has_subcommands(), "命令：", "{subcommands}"),
        (command.get_arguments().any(Arg::is_positional), "参数：", "{positionals}"),
        (command.get_arguments().any(|arg| !arg.is_positional()), "选项：", "{options}"),
    ];
    let parts = parts.into_iter().filter(|(is_there, ..)| *is_there);
    let parts: Vec<String> = parts.map(|(_, heading, part)| format!("{header}{heading}{header:#}\n{part}")).collect();
    format!("{{about-with-newline}}\n{usage}用法：{usage:#}{{usage}}\n\n{}{{after-help}}", parts.join("\n\n"))
}
