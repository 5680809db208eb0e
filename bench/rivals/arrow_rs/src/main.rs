//! The contender arrow-rs: the column writers of the crate parquet, fed from structs. The protocol is that of bench/src/contender.hpp.
//! Usage: pqflow-bench-arrow-rs SLOTS MEMORY_FOLDER DISK_FOLDER

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, TypePtr};

type Outcome<T> = Result<T, Box<dyn Error>>;

const SLOT_BYTES: usize = 64;
const WINDOW_ROWS: usize = 65_536;
const OWN_ROW_GROUP_ROWS: usize = 1024 * 1024;

// Offsets as generated/orders_sink.h asserts them; columns in the order of the schema.
const SCHEMA: &str = "message orders {
  required int64 timestamp_ns (TIMESTAMP(NANOS,false));
  required binary symbol (STRING);
  required int64 order_id;
  required int32 side;
  required int64 price;
  required int64 quantity;
  required int32 order_type;
  required int32 exchange;
}";
const SYMBOL_OFFSET: usize = 44;
const SYMBOL_BYTES: usize = 8;

/// The columns of a row group, gathered from records.
#[derive(Default)]
struct Columns {
    timestamps: Vec<i64>,
    symbols: Vec<ByteArray>,
    order_ids: Vec<i64>,
    sides: Vec<i32>,
    prices: Vec<i64>,
    quantities: Vec<i64>,
    order_types: Vec<i32>,
    exchanges: Vec<i32>,
}

fn int64(slot: &[u8], offset: usize) -> i64 {
    i64::from_le_bytes(slot[offset..offset + 8].try_into().expect("eight bytes"))
}

fn int32(slot: &[u8], offset: usize) -> i32 {
    i32::from_le_bytes(slot[offset..offset + 4].try_into().expect("four bytes"))
}

impl Columns {
    fn append(&mut self, window: &Bytes) {
        for (row, slot) in window.chunks_exact(SLOT_BYTES).enumerate() {
            let text = &slot[SYMBOL_OFFSET..SYMBOL_OFFSET + SYMBOL_BYTES];
            let length = text.iter().rposition(|&byte| byte != b' ').map_or(0, |last| last + 1);
            let start = row * SLOT_BYTES + SYMBOL_OFFSET;
            self.timestamps.push(int64(slot, 0));
            self.symbols.push(window.slice(start..start + length).into());
            self.order_ids.push(int64(slot, 8));
            self.sides.push(int32(slot, 32));
            self.prices.push(int64(slot, 16));
            self.quantities.push(int64(slot, 24));
            self.order_types.push(int32(slot, 36));
            self.exchanges.push(int32(slot, 40));
        }
    }

    fn write(&mut self, file: &mut SerializedFileWriter<File>) -> Outcome<()> {
        let mut group = file.next_row_group()?;
        write_int64(&mut group, &mut self.timestamps)?;
        let mut column = group.next_column()?.ok_or("no column is left")?;
        column.typed::<ByteArrayType>().write_batch(&self.symbols, None, None)?;
        column.close()?;
        self.symbols.clear();
        write_int64(&mut group, &mut self.order_ids)?;
        write_int32(&mut group, &mut self.sides)?;
        write_int64(&mut group, &mut self.prices)?;
        write_int64(&mut group, &mut self.quantities)?;
        write_int32(&mut group, &mut self.order_types)?;
        write_int32(&mut group, &mut self.exchanges)?;
        group.close()?;
        Ok(())
    }
}

fn write_int64(group: &mut SerializedRowGroupWriter<'_, File>, values: &mut Vec<i64>) -> Outcome<()> {
    let mut column = group.next_column()?.ok_or("no column is left")?;
    column.typed::<Int64Type>().write_batch(values, None, None)?;
    column.close()?;
    values.clear();
    Ok(())
}

fn write_int32(group: &mut SerializedRowGroupWriter<'_, File>, values: &mut Vec<i32>) -> Outcome<()> {
    let mut column = group.next_column()?.ok_or("no column is left")?;
    column.typed::<Int32Type>().write_batch(values, None, None)?;
    column.close()?;
    values.clear();
    Ok(())
}

struct Way {
    name: &'static str,
    properties: WriterPropertiesPtr,
    row_group_rows: usize,
}

fn ways() -> Outcome<Vec<Way>> {
    let zstd1 = Compression::ZSTD(ZstdLevel::try_new(1)?);
    let way = |name, properties: WriterProperties, row_group_rows| Way { name, properties: Arc::new(properties), row_group_rows };
    let same = |codec| {
        ["timestamp_ns", "order_id"]
            .iter()
            .fold(WriterProperties::builder().set_compression(codec), |builder, name| {
                let path = ColumnPath::from(*name);
                builder.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, Encoding::DELTA_BINARY_PACKED)
            })
            .build()
    };
    let plain = WriterProperties::builder().set_dictionary_enabled(false).set_encoding(Encoding::PLAIN).build();
    let default_zstd1 = || WriterProperties::builder().set_compression(zstd1).build();
    Ok(vec![
        way("default", WriterProperties::builder().build(), OWN_ROW_GROUP_ROWS),
        way("default_zstd1", default_zstd1(), OWN_ROW_GROUP_ROWS),
        way("default_zstd1_65536", default_zstd1(), WINDOW_ROWS),
        way("plain_string", plain, WINDOW_ROWS),
        way("same_encodings", same(Compression::UNCOMPRESSED), WINDOW_ROWS),
        way("same_encodings_zstd1", same(zstd1), WINDOW_ROWS),
    ])
}

/// Time until the file is synced, and its size. The clock stands while the window is filled, as for the other contenders.
fn write_file(slots: &[u8], way: &Way, schema: &TypePtr, path: &str) -> Outcome<(Duration, u64)> {
    let start = Instant::now();
    let mut file = SerializedFileWriter::new(File::create(path)?, schema.clone(), way.properties.clone())?;
    let mut columns = Columns::default();
    let mut elapsed = start.elapsed();
    for window in slots.chunks(WINDOW_ROWS * SLOT_BYTES) {
        let window = Bytes::copy_from_slice(window);
        let start = Instant::now();
        columns.append(&window);
        if columns.timestamps.len() >= way.row_group_rows {
            columns.write(&mut file)?;
        }
        elapsed += start.elapsed();
    }
    let start = Instant::now();
    if !columns.timestamps.is_empty() {
        columns.write(&mut file)?;
    }
    let target = file.into_inner()?;
    target.sync_data()?;
    elapsed += start.elapsed();
    let size_bytes = target.metadata()?.len();
    fs::remove_file(path)?;
    Ok((elapsed, size_bytes))
}

fn answer(name: &str, slots: &[u8], ways: &[Way], schema: &TypePtr, folders: &[(&str, String)]) -> Outcome<String> {
    for way in ways {
        for (target, folder) in folders {
            if name == format!("{}_{target}", way.name) {
                let (elapsed, size_bytes) = write_file(slots, way, schema, &format!("{folder}/arrow-rs-{}.parquet", way.name))?;
                return Ok(format!("{{\"elapsed_ns\": {}, \"size_bytes\": {size_bytes}}}", elapsed.as_nanos()));
            }
        }
    }
    Err(format!("no variant is named {name}").into())
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, slots_path, memory, disk] = arguments.as_slice() else {
        return Err("usage: pqflow-bench-arrow-rs SLOTS MEMORY_FOLDER DISK_FOLDER".into());
    };
    let slots = fs::read(slots_path)?;
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let ways = ways()?;
    let folders = [("tmpfs", memory.clone()), ("disk", disk.clone())];
    let names: Vec<String> =
        ways.iter().flat_map(|way| folders.iter().map(move |(target, _)| format!("\"{}_{target}\"", way.name))).collect();
    let mut output = io::stdout();
    writeln!(output, "{{\"version\": \"arrow-rs, crate parquet 57\", \"variants\": [{}]}}", names.join(", "))?;
    for line in io::stdin().lock().lines() {
        let text = answer(line?.trim(), &slots, &ways, &schema, &folders)
            .unwrap_or_else(|error| format!("{{\"error\": \"{}\"}}", error.to_string().replace(['"', '\\'], "'")));
        writeln!(output, "{text}")?;
    }
    Ok(())
}
