//! One stream in a compound file, the small file system of old office programs.

/// What such files begin with.
pub const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

const SECTOR: usize = 512;
const SMALL: usize = 64;

/// Streams shorter than this are cut into small sectors.
const CUTOFF: usize = 4096;

/// What stands in a table of chains for the last sector of one, and for a sector of the table itself.
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;

/// A compound file that holds one stream, in small sectors if it is short. The table of chains comes first, then the
/// directory, then the stream.
///
/// # Panics
/// If the stream is longer than the first sector can name the table of; no input is a tenth as long.
pub fn packed(name: &str, stream: &[u8]) -> Vec<u8> {
    let is_small = stream.len() < CUTOFF;
    let mut content = stream.to_vec();
    content.resize(stream.len().next_multiple_of(if is_small { SMALL } else { SECTOR }), 0);
    let small = if is_small { chain(0, content.len() / SMALL) } else { Vec::new() };
    let sectors = |bytes: usize| bytes.div_ceil(SECTOR);
    let (of_small, of_content) = (sectors(4 * small.len()), sectors(content.len()));
    let tables = (1..=109).find(|tables| tables + 1 + of_small + of_content <= tables * SECTOR / 4);
    let tables = tables.expect("a stream of at most seven megabytes");

    let directory = tables;
    let first_small = directory + 1;
    let first = first_small + of_small;
    let mut next = vec![TABLE; tables];
    next.extend(chain(directory, 1));
    next.extend(chain(first_small, of_small));
    next.extend(chain(first, of_content));

    let mut file = vec![0; SECTOR];
    file[..8].copy_from_slice(&SIGNATURE);
    for (at, value) in [(24, 0x3E), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        file[at..at + 2].copy_from_slice(&u16::to_le_bytes(value));
    }
    put(&mut file, 44, tables as u32);
    put(&mut file, 48, directory as u32);
    put(&mut file, 56, CUTOFF as u32);
    put(&mut file, 60, if is_small { first_small as u32 } else { END });
    put(&mut file, 64, of_small as u32);
    put(&mut file, 68, END);
    file[76..].fill(0xFF);
    for table in 0..tables {
        put(&mut file, 76 + 4 * table, table as u32);
    }
    extend(&mut file, &bytes_of(&next), tables);
    let (root, start) = if is_small { ((first as u32, content.len()), 0) } else { ((END, 0), first as u32) };
    let entries = [entry("Root Entry", 5, root.0, root.1), entry(name, 2, start, stream.len())];
    extend(&mut file, &entries.concat(), 1);
    extend(&mut file, &bytes_of(&small), of_small);
    extend(&mut file, &content, of_content);
    file
}

/// The links of a chain over so many sectors side by side.
fn chain(start: usize, sectors: usize) -> Vec<u32> {
    let mut links: Vec<u32> = (1..=sectors).map(|index| (start + index) as u32).collect();
    if let Some(last) = links.last_mut() {
        *last = END;
    }
    links
}

/// Adds so many sectors to a file; what is not used of them is marked as free.
fn extend(file: &mut Vec<u8>, bytes: &[u8], sectors: usize) {
    let end = file.len() + sectors * SECTOR;
    file.extend_from_slice(bytes);
    file.resize(end, 0xFF);
}

fn entry(name: &str, kind: u8, start: u32, size: usize) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    entry[64] = units.len() as u8 + 2;
    entry[66] = kind;
    // No siblings; the root has the stream as its only child.
    entry[68..80].fill(0xFF);
    if kind == 5 {
        put(&mut entry, 76, 1);
    }
    put(&mut entry, 116, start);
    put(&mut entry, 120, size as u32);
    entry
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

fn bytes_of(links: &[u32]) -> Vec<u8> {
    links.iter().flat_map(|link| link.to_le_bytes()).collect()
}
