//! The bytes of the protocol: whole frames in, whole frames out, whatever else arrives.
//!
//! A thread of its own reads frames, checks them, and hands only sound ones on. What is broken is answered and
//! skipped; the next sound frame is found again.

use std::io::{BufRead, BufReader, Read, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::uris::Uris;

/// The longest frame that is read, in bytes; a longer one is refused.
const MAX_FRAME: usize = 256 << 20;
/// The longest line of a header, in bytes.
const MAX_HEADER: u64 = 8 << 10;

/// What happened to the conversation, for whoever ends the process.
#[derive(Debug, Default)]
pub struct Ending {
    shutdown: AtomicBool,
}

impl Ending {
    /// The exit code that the protocol wants: 0 after `shutdown`, else 1.
    pub fn code(&self) -> i32 {
        i32::from(!self.shutdown.load(Ordering::SeqCst))
    }
}

/// Where whole frames are written to.
pub type Out = Arc<Mutex<dyn Write + Send>>;

/// Writes a message as a frame.
pub fn send(out: &Out, message: &Value) {
    let body = message.to_string();
    let mut out = out.lock();
    // A client that is gone reads nothing any more, and then the process ends by itself.
    let _ = write!(out, "Content-Length: {}\r\n\r\n{body}", body.len());
    let _ = out.flush();
}

/// Reads frames until the input ends or `exit` arrives.
pub fn read(
    input: impl Read,
    into: &UnboundedSender<Vec<u8>>,
    out: &Out,
    uris: &Uris,
    ending: &Ending,
) {
    let mut input = Input {
        inner: BufReader::new(input),
        back: Vec::new(),
        at: 0,
    };
    loop {
        let body = match next_body(&mut input) {
            Body::End => return,
            Body::TooLong => {
                refuse(out, -32600, "this message is too long");
                continue;
            }
            Body::Whole(body) => body,
        };
        let message = match serde_json::from_slice::<Value>(&body) {
            Ok(message) => message,
            Err(error) => {
                refuse(out, -32700, &format!("this is not JSON: {error}"));
                // With a wrong length the next frame may have been swallowed.
                if let Some(at) = find_header(&body) {
                    input.give_back(&body[at..]);
                }
                continue;
            }
        };
        if !message.is_object() {
            refuse(
                out,
                -32600,
                "one message at a time: batches are not part of the protocol",
            );
            continue;
        }
        if let Some(why) = unsound(&message) {
            let id = message.get("id").filter(|id| is_id(id)).cloned();
            refuse_as(out, &id.unwrap_or_default(), -32600, why);
            continue;
        }
        match message.get("method").and_then(Value::as_str) {
            Some("exit") => return,
            Some("shutdown") => ending.shutdown.store(true, Ordering::SeqCst),
            _ => {}
        }
        let body = match uris.tidy(message) {
            Some(message) => message.to_string().into_bytes(),
            None => body,
        };
        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        frame.extend(body);
        if into.send(frame).is_err() {
            return;
        }
    }
}

/// Why a message is none of the protocol, where it is none: whoever reads on would take it for the end.
fn unsound(message: &Value) -> Option<&'static str> {
    let id = message.get("id");
    let is_answer = message.get("result").is_some() || message.get("error").is_some();
    if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Some("`jsonrpc` must be \"2.0\"");
    }
    if id.is_some_and(|id| !is_id(id) && !id.is_null()) {
        return Some("`id` must be a whole number or a text");
    }
    let params = message.get("params");
    if params.is_some_and(|params| !params.is_object() && !params.is_array() && !params.is_null()) {
        return Some("`params` must be an object or a list");
    }
    match message.get("method") {
        Some(method) if !method.is_string() => Some("`method` must be a text"),
        Some(_) => None,
        None if is_answer && id.is_some() => None,
        None => Some("a message has a `method`, or is an answer with an `id`"),
    }
}

fn is_id(id: &Value) -> bool {
    id.is_i64() || id.is_string()
}

fn refuse(out: &Out, code: i32, why: &str) {
    refuse_as(out, &Value::Null, code, why);
}

/// Refuses a message under its own number.
fn refuse_as(out: &Out, id: &Value, code: i32, why: &str) {
    send(
        out,
        &json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": why}}),
    );
}

/// An input to which something read can be given back.
struct Input<R> {
    inner: R,
    back: Vec<u8>,
    at: usize,
}

impl<R> Input<R> {
    fn give_back(&mut self, bytes: &[u8]) {
        let mut back = bytes.to_vec();
        back.extend_from_slice(self.back.get(self.at..).unwrap_or_default());
        self.back = back;
        self.at = 0;
    }
}

impl<R: BufRead> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut available = self.fill_buf()?;
        let count = available.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Input<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.at < self.back.len() {
            Ok(self.back.get(self.at..).unwrap_or_default())
        } else {
            self.inner.fill_buf()
        }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.back.len() {
            self.at += count;
        } else {
            self.inner.consume(count);
        }
    }
}

enum Body {
    Whole(Vec<u8>),
    TooLong,
    End,
}

/// The body of the next frame; what stands before it and is no header is skipped.
fn next_body(input: &mut impl BufRead) -> Body {
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        match input.by_ref().take(MAX_HEADER).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return Body::End,
            Ok(_) => {}
        }
        let text = line.trim_ascii_end();
        if text.is_empty() {
            let Some(length) = length else { continue };
            if length > MAX_FRAME {
                let skipped = std::io::copy(
                    &mut input.by_ref().take(length as u64),
                    &mut std::io::sink(),
                );
                return if skipped.is_ok() {
                    Body::TooLong
                } else {
                    Body::End
                };
            }
            let mut body = Vec::new();
            return match input.by_ref().take(length as u64).read_to_end(&mut body) {
                Ok(read) if read == length => Body::Whole(body),
                _ => Body::End,
            };
        }
        if let Some(at) = find_header(text) {
            let number = text[at..].iter().position(|byte| *byte == b':');
            let number = number.and_then(|colon| text.get(at + colon + 1..));
            let number = number.and_then(|text| std::str::from_utf8(text).ok());
            length = number.and_then(|text| text.trim().parse().ok());
        }
    }
}

/// Where `Content-Length` stands, in whatever case.
fn find_header(text: &[u8]) -> Option<usize> {
    const HEADER: &[u8] = b"content-length";
    text.windows(HEADER.len())
        .position(|part| part.eq_ignore_ascii_case(HEADER))
}

/// The sound frames as the input of the server.
#[derive(Debug)]
pub struct Frames {
    frames: UnboundedReceiver<Vec<u8>>,
    current: Vec<u8>,
    at: usize,
}

impl Frames {
    /// What a channel hands on.
    pub fn new(frames: UnboundedReceiver<Vec<u8>>) -> Self {
        Self {
            frames,
            current: Vec::new(),
            at: 0,
        }
    }
}

impl AsyncRead for Frames {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.at >= self.current.len() {
            match self.frames.poll_recv(context) {
                Poll::Ready(Some(frame)) => {
                    self.current = frame;
                    self.at = 0;
                }
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Pending => return Poll::Pending,
            }
        }
        let left = self.current.get(self.at..).unwrap_or_default();
        let count = left.len().min(buffer.remaining());
        buffer.put_slice(&left[..count]);
        self.at += count;
        Poll::Ready(Ok(()))
    }
}

/// Gathers what the server writes into whole frames, and writes them out.
pub struct Writer {
    out: Out,
    uris: Arc<Uris>,
    pending: Vec<u8>,
}

impl Writer {
    /// Writes to `out`, with the addresses as the client writes them.
    pub fn new(out: Out, uris: Arc<Uris>) -> Self {
        Self {
            out,
            uris,
            pending: Vec::new(),
        }
    }

    fn write_frames(&mut self) {
        while let Some((start, end)) = whole_frame(&self.pending) {
            let body = self.pending[start..end].to_vec();
            self.pending.drain(..end);
            match self.uris.as_client_writes(&body) {
                Some(message) => send(&self.out, &message),
                None => {
                    let mut out = self.out.lock();
                    let _ = write!(out, "Content-Length: {}\r\n\r\n", body.len());
                    let _ = out.write_all(&body);
                    let _ = out.flush();
                }
            }
        }
    }
}

/// Where the body of the first frame starts and ends, once it is there as a whole.
fn whole_frame(bytes: &[u8]) -> Option<(usize, usize)> {
    let header = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
    let text = std::str::from_utf8(bytes.get(..header)?).ok()?;
    let length: usize = text
        .split("\r\n")
        .find_map(|line| {
            line.split_once(':')
                .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        })
        .and_then(|(_, number)| number.trim().parse().ok())?;
    let start = header + 4;
    (bytes.len() >= start + length).then_some((start, start + length))
}

impl AsyncWrite for Writer {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        self.pending.extend_from_slice(bytes);
        self.write_frames();
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
