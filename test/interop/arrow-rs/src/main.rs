//! Reads Parquet files with arrow-rs's `parquet` crate for the tests of files. Each line of standard input is a request of words with tabs between them, each line of output
//! its answer as JSON, `{"error": …}` where the reader fails:
//!
//! - `values PATH`: every column's stored values, chunk bounds and rows of each page, through the column readers; page checksums are verified.
//! - `nested PATH`: the values of every column, through the record reader.
//! - `filters PATH COLUMN PREDICATE;…`: the rows that each predicate finds when pages are skipped by the page index.
mod filters;
mod nested;
mod values;

use std::io::{BufRead, Write};

use serde_json::{Value, json};

type Answer = Result<Value, Box<dyn std::error::Error>>;

fn answer(request: &str) -> Answer {
    let words: Vec<&str> = request.split('\t').collect();
    match words.as_slice() {
        ["values", path] => values::read(path),
        ["nested", path] => nested::read(path),
        ["filters", path, column, predicates] => filters::count(path, column, predicates),
        _ => Err(format!("no request is {request:?}").into()),
    }
}

fn main() {
    let mut output = std::io::stdout().lock();
    for request in std::io::stdin().lock().lines().map_while(Result::ok) {
        let reply = answer(&request).unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(output, "{reply}").expect("the answer cannot be written");
        output.flush().expect("the answer cannot be written");
    }
}
