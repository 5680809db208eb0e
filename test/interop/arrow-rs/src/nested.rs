//! Rows through the record reader, which puts them together from the levels.
use std::fs::File;

use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Value, json};

use crate::Answer;
use crate::values::hex;

/// Structs as objects, lists as arrays, maps as arrays of [key, value], every scalar as text, bytes in hexadecimal digits.
fn plain(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Group(row) => object(row),
        Field::ListInternal(list) => list.elements().iter().map(plain).collect(),
        Field::MapInternal(map) => map.entries().iter().map(|(key, value)| json!([plain(key), plain(value)])).collect(),
        Field::Str(text) => json!(text),
        Field::Bytes(bytes) => json!(hex(bytes.data())),
        Field::Bool(value) => json!(value.to_string()),
        Field::Double(value) => json!(value.to_string()),
        Field::Float(value) => json!(value.to_string()),
        Field::Byte(value) => json!(value.to_string()),
        Field::Short(value) => json!(value.to_string()),
        Field::Int(value) => json!(value.to_string()),
        Field::Long(value) => json!(value.to_string()),
        Field::UByte(value) => json!(value.to_string()),
        Field::UShort(value) => json!(value.to_string()),
        Field::UInt(value) => json!(value.to_string()),
        Field::ULong(value) => json!(value.to_string()),
        other => json!(other.to_string()),
    }
}

fn object(row: &Row) -> Value {
    Value::Object(row.get_column_iter().map(|(name, field)| (name.clone(), plain(field))).collect())
}

fn column(reader: &SerializedFileReader<File>, index: usize) -> Result<Vec<Value>, parquet::errors::ParquetError> {
    let schema = reader.metadata().file_metadata().schema();
    let projection = Type::group_type_builder(schema.name())
        .with_fields(vec![schema.get_fields()[index].clone()])
        .build()?;
    let first = |row: Row| row.get_column_iter().next().map_or(Value::Null, |(_, field)| plain(field));
    reader.get_row_iter(Some(projection))?.map(|row| row.map(first)).collect()
}

pub fn read(path: &str) -> Answer {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let mut columns = Map::new();
    let mut refusals = Map::new();
    for (index, field) in reader.metadata().file_metadata().schema().get_fields().iter().enumerate() {
        match column(&reader, index) {
            Ok(values) => columns.insert(field.name().into(), values.into()),
            Err(error) => refusals.insert(field.name().into(), error.to_string().into()),
        };
    }
    Ok(json!({ "columns": columns, "refusals": refusals }))
}
