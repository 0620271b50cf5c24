//! How far a run is: a bar where people watch, plain lines on demand, nothing in pipes; and the summary at its end.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::fault::Fault;

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// A bar where standard error is a terminal, else nothing
    Auto,
    /// A line every few seconds
    Plain,
    /// Nothing
    None,
}

/// How far a run is.
#[derive(Debug)]
pub struct Progress {
    show: Show,
    started: Instant,
    total: u64,
    done: u64,
    hinted: Vec<&'static str>,
}

#[derive(Debug)]
enum Show {
    Bar(ProgressBar),
    Plain(Instant),
    Nothing,
}

/// How often a plain line is written.
const PLAIN_EVERY: Duration = Duration::from_secs(2);

impl Progress {
    /// Starts at nought of `total`.
    pub fn start(mode: Mode, total: u64) -> Progress {
        let show = match mode {
            Mode::Auto if io::stderr().is_terminal() => Show::Bar(bar(total)),
            Mode::Plain => Show::Plain(Instant::now()),
            Mode::Auto | Mode::None => Show::Nothing,
        };
        Progress {
            show,
            started: Instant::now(),
            total,
            done: 0,
            hinted: Vec::new(),
        }
    }

    /// So many inputs more are done.
    pub fn advance(&mut self, n: u64) {
        self.done += n;
        match &mut self.show {
            Show::Bar(bar) => bar.inc(n),
            Show::Plain(last) if last.elapsed() >= PLAIN_EVERY => {
                *last = Instant::now();
                let line = self.line();
                say(&line);
            }
            Show::Plain(_) | Show::Nothing => {}
        }
    }

    /// What goes on after the last input.
    pub fn note(&mut self, words: &'static str) {
        match &mut self.show {
            Show::Bar(bar) => bar.set_message(words),
            Show::Plain(_) => say(&format!("{}; {words}", self.line())),
            Show::Nothing => {}
        }
    }

    fn line(&self) -> String {
        let (done, total) = (self.done, self.total);
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = done as f64 / seconds.max(0.001);
        let left = (total - done.min(total)) as f64 / rate.max(0.001);
        let percent = 100 * done / total.max(1);
        format!("{done} of {total} ({percent}%), {rate:.0}/s, {left:.0} s left")
    }

    /// Names an input that failed, with its reason; what to do about it is said once for each sort.
    pub fn fault(&mut self, name: &str, fault: &Fault) {
        let mut text = format!("gongwen: {name}: {}", fault.message);
        if let Some(hint) = fault.hint.filter(|hint| !self.hinted.contains(hint)) {
            self.hinted.push(hint);
            text.push_str("\n  hint: ");
            text.push_str(hint);
        }
        match &self.show {
            Show::Bar(bar) => bar.suspend(|| say(&text)),
            Show::Plain(_) | Show::Nothing => say(&text),
        }
    }

    /// Takes the bar away; answers how long the run took.
    pub fn end(&self) -> Duration {
        match &self.show {
            Show::Bar(bar) => bar.finish_and_clear(),
            Show::Plain(_) => say(&self.line()),
            Show::Nothing => {}
        }
        self.started.elapsed()
    }
}

/// Writes a line to standard error; whoever closed it does not want it.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(8));
    let template = "{bar:30} {human_pos}/{human_len} {percent}% · {per_sec} · {eta} left {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// `1,234,567`
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut words = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
