//! A client for tests: it talks to a server in this process, or to the real program, and counts on every message being
//! read and every question answered.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Nothing takes so long unless something hangs.
const LIMIT: Duration = Duration::from_secs(30);

/// A conversation with a server.
pub struct Client {
    output: Box<dyn Write + Send>,
    messages: Receiver<Value>,
    /// Read, and not asked for yet.
    unread: VecDeque<Value>,
    next: i64,
    /// The exit code, once the server has ended.
    ended: Receiver<i32>,
    /// Whether the test has given up on the conversation.
    closed: bool,
    /// Methods whose messages the test does not care about any more.
    ignored: Vec<&'static str>,
    process: Option<u32>,
    /// Answers questions about settings, by their section.
    settings: Option<Value>,
}

/// Reads one frame.
pub fn read_frame(input: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(number) = header.strip_prefix("Content-Length: ") {
                    length = Some(number.parse().unwrap());
                }
            }
        }
    }
    let mut body = vec![0; length?];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

impl Client {
    /// Talks to a server in this process.
    pub fn in_memory() -> Self {
        let (server_reads, client_writes) = std::io::pipe().unwrap();
        let (client_reads, server_writes) = std::io::pipe().unwrap();
        let (end, ended) = channel();
        std::thread::spawn(move || {
            let code = rolelint::server::serve(server_reads, server_writes).unwrap();
            let _ = end.send(code);
        });
        Self::of(client_writes, client_reads, ended)
    }

    /// Talks to a program that is started here. What it says on its standard error goes where ours goes.
    pub fn of_program(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (output, input) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let process = child.id();
        let (end, ended) = channel();
        std::thread::spawn(move || {
            let status = child.wait().unwrap();
            let _ = end.send(status.code().unwrap_or(-1));
        });
        let mut client = Self::of(output, input, ended);
        client.process = Some(process);
        client
    }

    /// From now on the server is told these settings, by their section, when it asks.
    pub fn set_settings(&mut self, settings: Value) {
        self.settings = Some(settings);
    }

    /// Answers what needs no test to be answered; gives back everything else.
    fn heard(&mut self, message: Value) -> Option<Value> {
        if message["method"] != "workspace/configuration" {
            return Some(message);
        }
        let Some(settings) = &self.settings else {
            return Some(message);
        };
        let items = message["params"]["items"].as_array().unwrap().iter();
        let answer: Vec<Value> = items
            .map(|item| settings[item["section"].as_str().unwrap_or("")].clone())
            .collect();
        self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": answer}));
        None
    }

    /// The number of the program's process, where it is one of its own.
    pub fn process(&self) -> Option<u32> {
        self.process
    }

    fn of(
        output: impl Write + Send + 'static,
        input: impl Read + Send + 'static,
        ended: Receiver<i32>,
    ) -> Self {
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut input = BufReader::new(input);
            while let Some(message) = read_frame(&mut input) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            output: Box::new(output),
            messages,
            unread: VecDeque::new(),
            next: 0,
            ended,
            closed: false,
            ignored: Vec::new(),
            process: None,
            settings: None,
        }
    }

    /// Starts a conversation about a folder.
    pub fn begin(folder: &Path, capabilities: Value) -> Self {
        let mut client = Self::in_memory();
        client.initialize(folder, capabilities);
        client
    }

    /// Says hello; returns what the server can do.
    pub fn initialize(&mut self, folder: &Path, capabilities: Value) -> Value {
        let result = self.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": uri(folder),
                "capabilities": capabilities,
                "initializationOptions": {"today": super::TODAY},
            }),
        );
        self.notify("initialized", json!({}));
        result["capabilities"].clone()
    }

    /// Writes bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.output.write_all(bytes).unwrap();
        self.output.flush().unwrap();
    }

    /// Writes a message as a frame.
    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Tells the server something.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks, without waiting; returns the number of the question.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// Asks and waits for the answer.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The whole answer to a question.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// The next message from the server of a kind.
    pub fn next(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)["params"].clone()
    }

    /// The newest diagnostics of a document with a version.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Value {
        self.wait(|message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
        })["params"]["diagnostics"]
            .clone()
    }

    /// The first message, read already or not, that is wanted.
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&wanted) {
            return self.unread.remove(at).unwrap();
        }
        loop {
            match self.messages.recv_timeout(LIMIT) {
                Ok(message) => match self.heard(message) {
                    Some(message) if wanted(&message) => return message,
                    Some(message) => self.unread.push_back(message),
                    None => {}
                },
                Err(RecvTimeoutError::Timeout) => {
                    self.closed = true;
                    panic!("no such message; unread: {:#?}", self.unread)
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.closed = true;
                    panic!("the server is gone; unread: {:#?}", self.unread)
                }
            }
        }
    }

    /// From now on messages of a kind are of no interest to the test. Some may still be on their way.
    pub fn ignore(&mut self, method: &'static str) {
        self.ignored.push(method);
    }

    /// What has come of a kind, in order.
    pub fn take(&mut self, method: &str) -> Vec<Value> {
        self.drain();
        let (wanted, unread) = std::mem::take(&mut self.unread)
            .into_iter()
            .partition(|message| message["method"] == method);
        self.unread = unread;
        let wanted: VecDeque<Value> = wanted;
        wanted
            .into_iter()
            .map(|message| message["params"].clone())
            .collect()
    }

    /// Waits for another message; false when none comes.
    pub fn wait_for_more(&mut self, limit: Duration) -> bool {
        match self.messages.recv_timeout(limit) {
            Ok(message) => {
                let message = self.heard(message);
                self.unread.extend(message);
                true
            }
            Err(_) => false,
        }
    }

    fn drain(&mut self) {
        while let Ok(message) = self.messages.try_recv() {
            let message = self.heard(message);
            self.unread.extend(message);
        }
    }

    /// Says goodbye properly. Nothing may be left unread.
    pub fn end(mut self) {
        self.request("shutdown", Value::Null);
        self.drain();
        let ignored = &self.ignored;
        self.unread
            .retain(|message| !ignored.iter().any(|method| message["method"] == *method));
        assert!(self.unread.is_empty(), "left unread: {:#?}", self.unread);
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        assert_eq!(self.exit_code(), 0);
    }

    /// How the server ended.
    pub fn exit_code(&mut self) -> i32 {
        self.closed = true;
        self.ended.recv_timeout(LIMIT).expect("the server ends")
    }

    /// Closes the pipe without a word.
    pub fn hang_up(mut self) -> i32 {
        self.output = Box::new(std::io::sink());
        self.exit_code()
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, version: i64, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "yaml", "version": version, "text": text}}),
        );
    }

    /// Writes a document's text anew.
    pub fn change(&mut self, uri: &str, version: i64, text: &str) {
        self.notify(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}),
        );
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !self.closed && !std::thread::panicking() {
            panic!("the conversation was not ended");
        }
    }
}

/// The address of a file.
pub fn uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    for byte in path.to_str().unwrap().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// A folder with files, gone when it is dropped.
pub struct Workspace {
    _folder: tempfile::TempDir,
    /// Where it is.
    pub base: PathBuf,
}

impl Workspace {
    /// Writes files, each with its path and its text.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        for (path, text) in files {
            let path = base.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self {
            _folder: folder,
            base,
        }
    }

    /// The address of a file in it.
    pub fn uri(&self, path: &str) -> String {
        uri(&self.base.join(path))
    }
}
