//! How the trained numbers lie in their file: tables that are looked things up in where they stand, so that
//! loading them costs nothing.

/// Reads a file of ours from front to back; `None` at its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes {
    rest: &'static [u8],
}

impl Bytes {
    pub fn new(bytes: &'static [u8]) -> Self {
        Self { rest: bytes }
    }

    pub fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub fn f32(&mut self) -> Option<f32> {
        self.u32().map(f32::from_bits)
    }

    pub fn text(&mut self) -> Option<&'static str> {
        let length = self.u8()?;
        std::str::from_utf8(self.take(length as usize)?).ok()
    }

    pub fn table(&mut self) -> Option<Table> {
        let slots = self.u32()? as usize;
        let length = self.u32()? as usize;
        if slots == 0 {
            return None;
        }
        Some(Table {
            keys: self.take(slots.checked_mul(KEY)?)?,
            begins: self.take(slots.checked_mul(BEGIN)?)?,
            count: slots as u64,
            rows: self.take(length)?,
        })
    }
}

/// Bytes of a key.
const KEY: usize = 4;
/// Bytes of where a row begins.
const BEGIN: usize = 3;
/// Of five slots at most four are taken.
const FULL: usize = 4;

/// From a number to a row of bytes, by open addressing. Key 0 is an empty slot. The keys lie together, because most
/// of what is looked up is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    keys: &'static [u8],
    begins: &'static [u8],
    count: u64,
    rows: &'static [u8],
}

impl Table {
    /// The row of `key`, and what comes after it.
    #[inline]
    pub fn get(&self, key: u32) -> Option<&'static [u8]> {
        let mut slot = spread(key, self.count);
        loop {
            let at = self.keys.get(slot * KEY..slot * KEY + KEY)?;
            let found = u32::from_le_bytes([at[0], at[1], at[2], at[3]]);
            if found == key {
                let at = self.begins.get(slot * BEGIN..slot * BEGIN + BEGIN)?;
                let row = u32::from_le_bytes([at[0], at[1], at[2], 0]) as usize;
                return self.rows.get(row..);
            }
            if found == 0 {
                return None;
            }
            slot += 1;
            if slot as u64 == self.count {
                slot = 0;
            }
        }
    }
}

fn spread(key: u32, count: u64) -> usize {
    ((u64::from(key.wrapping_mul(0x9e37_79b1)) * count) >> 32) as usize
}

/// Writes what `Bytes` reads.
#[derive(Debug, Default)]
pub struct Pack {
    bytes: Vec<u8>,
}

impl Pack {
    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// One byte.
    pub fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// Four bytes, the lowest first.
    pub fn u32(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// A number with a fraction.
    pub fn f32(&mut self, value: f32) {
        self.u32(value.to_bits());
    }

    /// At most 255 bytes of text.
    pub fn text(&mut self, text: &str) {
        let text = &text.as_bytes()[..text.len().min(255)];
        self.bytes.push(text.len() as u8);
        self.bytes.extend(text);
    }

    /// A table of rows by keys that differ and are not 0. Together they have at most 16 million bytes.
    pub fn table(&mut self, rows: &[(u32, Vec<u8>)]) {
        let slots = rows.len() * (FULL + 1) / FULL + 1;
        let mut keys = vec![[0u8; KEY]; slots];
        let mut begins = vec![[0u8; BEGIN]; slots];
        let mut begin = 0u32;
        for (key, row) in rows {
            let mut slot = spread(*key, slots as u64);
            while keys[slot] != [0; KEY] {
                slot = (slot + 1) % slots;
            }
            keys[slot] = key.to_le_bytes();
            begins[slot].copy_from_slice(&begin.to_le_bytes()[..BEGIN]);
            begin += row.len() as u32;
        }
        self.u32(slots as u32);
        self.u32(begin);
        self.bytes.extend(keys.as_flattened());
        self.bytes.extend(begins.as_flattened());
        for (_, row) in rows {
            self.bytes.extend(row);
        }
    }
}
