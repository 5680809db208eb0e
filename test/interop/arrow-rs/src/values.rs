//! Stored values through the column readers, which give what the file holds before any logical type.
use std::fs::File;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::{ReadOptionsBuilder, SerializedFileReader};
use parquet::file::statistics::Statistics;
use serde_json::{Map, Value, json};

use crate::Answer;

/// A stored value as the tests write it: integers in decimal, floats by their bits as a double, bytes in hexadecimal digits.
pub trait Stored {
    fn plain(&self) -> Value;
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Stored for bool {
    fn plain(&self) -> Value {
        json!(u8::from(*self).to_string())
    }
}
impl Stored for i32 {
    fn plain(&self) -> Value {
        json!(self.to_string())
    }
}
impl Stored for i64 {
    fn plain(&self) -> Value {
        json!(self.to_string())
    }
}
impl Stored for f32 {
    fn plain(&self) -> Value {
        f64::from(*self).plain()
    }
}
impl Stored for f64 {
    fn plain(&self) -> Value {
        json!({ "double": hex(&self.to_be_bytes()) })
    }
}
impl Stored for Int96 {
    fn plain(&self) -> Value {
        let bytes: Vec<u8> = self.data().iter().flat_map(|word| word.to_le_bytes()).collect();
        json!({ "hex": hex(&bytes) })
    }
}
impl Stored for ByteArray {
    fn plain(&self) -> Value {
        json!({ "hex": hex(self.data()) })
    }
}
impl Stored for FixedLenByteArray {
    fn plain(&self) -> Value {
        json!({ "hex": hex(self.data()) })
    }
}

fn append<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    rows: usize,
    max_level: i16,
    target: &mut Vec<Value>,
) -> Result<(), Box<dyn std::error::Error>>
where
    T::T: Stored,
{
    let mut levels = Vec::new();
    let mut values = Vec::new();
    let mut read = 0;
    while read < rows {
        let (records, _, _) = reader.read_records(rows - read, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Err(format!("the column ends after {read} of {rows} rows").into());
        }
        read += records;
    }
    let mut present = values.iter();
    if max_level == 0 {
        target.extend(present.map(Stored::plain));
        return Ok(());
    }
    for level in levels {
        let value = if level == max_level {
            present.next().ok_or("fewer values than levels")?.plain()
        } else {
            Value::Null
        };
        target.push(value);
    }
    Ok(())
}

fn append_chunk(reader: ColumnReader, rows: usize, level: i16, target: &mut Vec<Value>) -> Result<(), Box<dyn std::error::Error>> {
    match reader {
        ColumnReader::BoolColumnReader(reader) => append(reader, rows, level, target),
        ColumnReader::Int32ColumnReader(reader) => append(reader, rows, level, target),
        ColumnReader::Int64ColumnReader(reader) => append(reader, rows, level, target),
        ColumnReader::Int96ColumnReader(reader) => append(reader, rows, level, target),
        ColumnReader::FloatColumnReader(reader) => append(reader, rows, level, target),
        ColumnReader::DoubleColumnReader(reader) => append(reader, rows, level, target),
        ColumnReader::ByteArrayColumnReader(reader) => append(reader, rows, level, target),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => append(reader, rows, level, target),
    }
}

fn ends<T: Stored>(min: Option<&T>, max: Option<&T>) -> Value {
    match (min, max) {
        (Some(min), Some(max)) => json!([min.plain(), max.plain()]),
        _ => Value::Null,
    }
}

/// Smallest and largest value of a chunk; null where it states none.
fn bounds(chunk: &ColumnChunkMetaData) -> Value {
    match chunk.statistics() {
        None => Value::Null,
        Some(Statistics::Boolean(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
        Some(Statistics::Int32(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
        Some(Statistics::Int64(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
        Some(Statistics::Int96(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
        Some(Statistics::Float(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
        Some(Statistics::Double(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
        Some(Statistics::ByteArray(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
        Some(Statistics::FixedLenByteArray(bounds)) => ends(bounds.min_opt(), bounds.max_opt()),
    }
}

pub fn read(path: &str) -> Answer {
    let options = ReadOptionsBuilder::new().with_page_index().build();
    let reader = SerializedFileReader::new_with_options(File::open(path)?, options)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let mut columns = Map::new();
    let mut all_bounds = Map::new();
    let mut refusals = Map::new();
    for (index, column) in schema.columns().iter().enumerate() {
        let mut values = Vec::new();
        let mut of_chunks = Vec::new();
        let mut refusal = None;
        for group in 0..reader.num_row_groups() {
            let group_reader = reader.get_row_group(group)?;
            of_chunks.push(bounds(group_reader.metadata().column(index)));
            let rows = usize::try_from(group_reader.metadata().num_rows())?;
            let read = group_reader.get_column_reader(index).map_err(Into::into);
            let outcome = read.and_then(|reader| append_chunk(reader, rows, column.max_def_level(), &mut values));
            refusal = refusal.or(outcome.err());
        }
        all_bounds.insert(column.name().into(), of_chunks.into());
        match refusal {
            None => columns.insert(column.name().into(), values.into()),
            Some(error) => refusals.insert(column.name().into(), error.to_string().into()),
        };
    }
    Ok(json!({ "values": columns, "bounds": all_bounds, "refusals": refusals }))
}
