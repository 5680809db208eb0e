//! Predicates on one column: pages whose bounds in the page index exclude them are not read.
use std::fs::File;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, Datum, Scalar, UInt64Array};
use arrow::compute::kernels::{cmp, concat::concat};
use arrow::compute::{filter, or_kleene};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::statistics::StatisticsConverter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection, RowSelector};
use parquet::file::metadata::PageIndexPolicy;
use serde_json::{Value, json};

use crate::Answer;

type Error = Box<dyn std::error::Error>;
type Comparison = fn(&dyn Datum, &dyn Datum) -> Result<BooleanArray, arrow::error::ArrowError>;

/// `=,12` or `in,12,80`: an operator, and the rows whose values are its operands.
struct Predicate {
    operator: String,
    operands: Vec<ArrayRef>,
}

fn parse(text: &str, values: &ArrayRef) -> Result<Predicate, Error> {
    let mut words = text.split(',');
    let operator = words.next().ok_or("a predicate without an operator")?.to_string();
    let rows: Result<Vec<usize>, _> = words.map(str::parse).collect();
    let operands = rows?.into_iter().map(|row| values.slice(row, 1)).collect();
    Ok(Predicate { operator, operands })
}

fn any(parts: Vec<BooleanArray>) -> Result<BooleanArray, Error> {
    let mut all = parts.into_iter();
    let first = all.next().ok_or("no operand")?;
    Ok(all.try_fold(first, |so_far, part| or_kleene(&so_far, &part))?)
}

impl Predicate {
    fn compare(&self, comparison: Comparison, values: &ArrayRef) -> Result<BooleanArray, Error> {
        let parts: Result<Vec<_>, _> = self
            .operands
            .iter()
            .map(|operand| comparison(values, &Scalar::new(operand.clone())))
            .collect();
        any(parts?)
    }

    fn matches(&self, values: &ArrayRef) -> Result<BooleanArray, Error> {
        match self.operator.as_str() {
            "<" => self.compare(cmp::lt, values),
            "<=" => self.compare(cmp::lt_eq, values),
            ">" => self.compare(cmp::gt, values),
            ">=" => self.compare(cmp::gt_eq, values),
            "null" => Ok(arrow::compute::is_null(values)?),
            _ => self.compare(cmp::eq, values),
        }
    }

    /// Whether rows between these bounds may match; a bound that is not known excludes nothing.
    fn may_match(&self, mins: &ArrayRef, maxes: &ArrayRef) -> Result<Vec<bool>, Error> {
        let may = match self.operator.as_str() {
            "<" => self.compare(cmp::lt, mins)?,
            "<=" => self.compare(cmp::lt_eq, mins)?,
            ">" => self.compare(cmp::gt, maxes)?,
            ">=" => self.compare(cmp::gt_eq, maxes)?,
            "null" => return Ok(vec![true; mins.len()]),
            _ => {
                let parts: Result<Vec<_>, Error> = self
                    .operands
                    .iter()
                    .map(|operand| {
                        let operand = Scalar::new(operand.clone());
                        Ok(arrow::compute::and_kleene(&cmp::lt_eq(mins, &operand)?, &cmp::gt_eq(maxes, &operand)?)?)
                    })
                    .collect();
                any(parts?)?
            }
        };
        Ok((0..may.len()).map(|index| may.is_null(index) || may.value(index)).collect())
    }
}

/// One column of a file, read whole once, and where its pages and their bounds are.
struct Source {
    path: String,
    metadata: ArrowReaderMetadata,
    leaf: usize,
    mins: ArrayRef,
    maxes: ArrayRef,
    rows: UInt64Array,
}

impl Source {
    fn open(path: &str, column: &str) -> Result<Self, Error> {
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
        let metadata = ArrowReaderMetadata::load(&File::open(path)?, options)?;
        let parquet = metadata.metadata().clone();
        let converter = StatisticsConverter::try_new(column, metadata.schema(), metadata.parquet_schema())?;
        let leaf = converter.parquet_column_index().ok_or("no such column")?;
        let groups: Vec<usize> = (0..parquet.num_row_groups()).collect();
        let index = parquet.page_index().ok_or("no page index")?;
        let mins = converter.data_page_mins(index.as_ref(), &groups)?;
        let maxes = converter.data_page_maxes(index.as_ref(), &groups)?;
        let rows = converter
            .data_page_row_counts(index.as_ref(), parquet.row_groups(), &groups)?
            .ok_or("no rows of pages")?;
        Ok(Self {
            path: path.into(),
            leaf,
            mins,
            maxes,
            rows,
            metadata: metadata.clone(),
        })
    }

    fn read(&self, selection: Option<RowSelection>) -> Result<ArrayRef, Error> {
        let file = File::open(&self.path)?;
        let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let mask = ProjectionMask::leaves(builder.parquet_schema(), [self.leaf]);
        builder = builder.with_projection(mask).with_batch_size(1 << 16);
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        let batches: Result<Vec<_>, _> = builder.build()?.collect();
        let columns: Vec<ArrayRef> = batches?.iter().map(|batch| Arc::clone(batch.column(0))).collect();
        let parts: Vec<&dyn Array> = columns.iter().map(AsRef::as_ref).collect();
        if parts.is_empty() {
            return Ok(self.mins.slice(0, 0));
        }
        Ok(concat(&parts)?)
    }

    fn count(&self, predicate: &Predicate, skipped: &mut u64) -> Result<usize, Error> {
        let may = predicate.may_match(&self.mins, &self.maxes)?;
        let selectors: Result<Vec<_>, Error> = may
            .iter()
            .zip(self.rows.values())
            .map(|(may, rows)| {
                *skipped += u64::from(!may);
                let rows = usize::try_from(*rows)?;
                Ok(if *may { RowSelector::select(rows) } else { RowSelector::skip(rows) })
            })
            .collect();
        let values = self.read(Some(RowSelection::from(selectors?)))?;
        let found = predicate.matches(&values)?;
        Ok(filter(&values, &found)?.len())
    }
}

pub fn count(path: &str, column: &str, predicates: &str) -> Answer {
    let source = Source::open(path, column)?;
    let values = source.read(None)?;
    let mut skipped = 0;
    let mut counts: Vec<Value> = Vec::new();
    for predicate in predicates.split(';') {
        counts.push(source.count(&parse(predicate, &values)?, &mut skipped)?.into());
    }
    Ok(json!({ "counts": counts, "skippedPages": skipped }))
}
