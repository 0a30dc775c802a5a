//! The words of YAML in one line.

/// A word or text in a line, by its place in what is left of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scalar {
    /// The quote around it.
    pub quote: Option<char>,
    /// Whether the quote is closed.
    pub closed: bool,
    /// Where it ends, its quotes included.
    pub end: usize,
    /// Where what comes after it begins; after a key, past the colon.
    pub next: usize,
    /// Whether a colon follows that makes it a key.
    pub is_key: bool,
}

impl Scalar {
    /// The text, without its quotes; escapes stay as they are written.
    pub fn name(self, rest: &str) -> &str {
        let text = rest.get(..self.end).unwrap_or("");
        match self.quote {
            Some(quote) => text
                .trim_start_matches(quote)
                .trim_end_matches(quote)
                .trim(),
            None => text.trim_end(),
        }
    }
}

/// How wide a dash with its blanks is, where there is one.
pub(super) fn dash(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('-')?;
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    (after.is_empty() || blanks > 0).then_some(1 + blanks)
}

/// How wide blanks, an anchor and a tag are before a value.
pub(super) fn properties(rest: &str) -> usize {
    let mut at = 0;
    loop {
        let left = rest.get(at..).unwrap_or("");
        let trimmed = left.trim_start_matches([' ', '\t']);
        at += left.len() - trimmed.len();
        if !trimmed.starts_with(['&', '!']) {
            return at;
        }
        let Some(width) = trimmed.find([' ', '\t']) else {
            return at + trimmed.len();
        };
        at += width;
    }
}

/// The key that a line begins with.
pub(super) fn key(rest: &str) -> Option<Scalar> {
    if let Some(quote) = rest.chars().next().filter(|first| is_quote(*first)) {
        let end = quoted(rest, quote)?;
        let after = rest.get(end..)?;
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        let colon = end + blanks;
        return is_colon(rest, colon).then_some(Scalar {
            quote: Some(quote),
            closed: true,
            end,
            next: colon + 1,
            is_key: true,
        });
    }
    if rest.starts_with(['[', '{', '#', '|', '>']) {
        return None;
    }
    let stop = comment(rest);
    let colons = rest.get(..stop)?.match_indices(':');
    let (colon, _) = colons.into_iter().find(|(at, _)| is_colon(rest, *at))?;
    let end = rest.get(..colon)?.trim_end().len();
    Some(Scalar {
        quote: None,
        closed: true,
        end,
        next: colon + 1,
        is_key: true,
    })
}

/// Whether the colon at a place ends a key: a blank or nothing follows.
fn is_colon(rest: &str, at: usize) -> bool {
    let mut after = rest.get(at..).unwrap_or("").chars();
    after.next() == Some(':') && after.next().is_none_or(char::is_whitespace)
}

/// The text that the rest of a line begins with, outside of brackets.
pub(super) fn block_scalar(rest: &str) -> Scalar {
    if let Some(quote) = rest.chars().next().filter(|first| is_quote(*first)) {
        return in_quotes(rest, quote, rest.trim_end().len());
    }
    let end = rest.get(..comment(rest)).unwrap_or(rest).trim_end().len();
    Scalar {
        quote: None,
        closed: true,
        end,
        next: end,
        is_key: false,
    }
}

/// The text that the rest of a line begins with, in brackets.
pub(super) fn flow_scalar(rest: &str) -> Scalar {
    if let Some(quote) = rest.chars().next().filter(|first| is_quote(*first)) {
        let mut scalar = in_quotes(rest, quote, plain_in_flow(rest));
        let after = rest.get(scalar.end..).unwrap_or("");
        let trimmed = after.trim_start_matches([' ', '\t']);
        if scalar.closed && trimmed.starts_with(':') {
            scalar.is_key = true;
            scalar.next = scalar.end + (after.len() - trimmed.len()) + 1;
        }
        return scalar;
    }
    let stop = plain_in_flow(rest);
    let end = rest.get(..stop).unwrap_or(rest).trim_end().len();
    let is_key = rest.get(stop..).is_some_and(|left| left.starts_with(':'));
    Scalar {
        quote: None,
        closed: true,
        end,
        next: if is_key { stop + 1 } else { stop },
        is_key,
    }
}

/// A text in quotes; one that is not closed ends at `open_end`.
fn in_quotes(rest: &str, quote: char, open_end: usize) -> Scalar {
    let closed = quoted(rest, quote);
    let end = closed.unwrap_or(open_end);
    Scalar {
        quote: Some(quote),
        closed: closed.is_some(),
        end,
        next: end,
        is_key: false,
    }
}

/// Where a text in quotes ends; `None` where nothing closes it on its line.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            let doubled = characters.peek().is_some_and(|(_, next)| *next == quote);
            if quote == '\'' && doubled {
                characters.next();
                continue;
            }
            return Some(at + 1);
        }
    }
    None
}

/// Where a text without quotes ends that stands in brackets.
fn plain_in_flow(rest: &str) -> usize {
    let mut before = ' ';
    for (at, character) in rest.char_indices() {
        let after = || rest.get(at + 1..).and_then(|left| left.chars().next());
        let ends = match character {
            ',' | '[' | ']' | '{' | '}' => true,
            ':' => after().is_none_or(|next| {
                next.is_whitespace() || matches!(next, ',' | '[' | ']' | '{' | '}')
            }),
            '#' => before.is_whitespace() && at > 0,
            _ => false,
        };
        if ends {
            return at;
        }
        before = character;
    }
    rest.len()
}

/// Where a comment begins behind a text without quotes; the end where there is none.
pub(super) fn comment(rest: &str) -> usize {
    let found = rest
        .match_indices('#')
        .find(|(at, _)| rest.get(..*at).is_some_and(|before| before.ends_with([' ', '\t'])));
    found.map_or(rest.len(), |(at, _)| at)
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'')
}

/// Where the comment of a line begins, quotes taken into account.
pub(super) fn comment_of(line: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, character) in line.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if is_quote(character) && " \t,[{:-".contains(before) => quote = Some(character),
            None if character == '#' && before.is_whitespace() => return Some(at),
            None => {}
        }
        before = character;
    }
    None
}
