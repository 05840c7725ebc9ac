//! How fast the other rooms are: reading a manifest of 113 and of 5,000 rows, and making invented cases.
#![allow(clippy::unwrap_used, reason = "a measurement")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use pulang::exchange::manifest::{ReadOptions, read};
use pulang::practice::Practice;

const MANIFEST: &str = include_str!("../tests/data/manifest_110.csv");

/// The manifest's people over and over, up to the most rows that a manifest may have.
fn five_thousand() -> String {
    let (head, people) = MANIFEST.split_once('\n').unwrap();
    let rows: Vec<&str> = people.lines().cycle().take(5_000).collect();
    format!("{head}\n{}\n", rows.join("\n"))
}

fn manifests(criterion: &mut Criterion) {
    let day = "2026-02-21".parse().unwrap();
    let options = ReadOptions { lands: day, today: day };
    for (name, text) in [("manifest of 113 rows", MANIFEST.to_owned()), ("manifest of 5,000 rows", five_thousand())] {
        criterion.bench_function(name, |bencher| bencher.iter(|| read(text.as_bytes(), &options).unwrap()));
    }
}

fn cases(criterion: &mut Criterion) {
    let now = chrono::DateTime::from_timestamp(1_771_650_000, 0).unwrap();
    let mut group = criterion.benchmark_group("invented cases");
    for histories in [1, 10] {
        group.throughput(Throughput::Elements(10_000)).sample_size(10);
        group.bench_function(format!("10,000 with {histories} entries each"), |bencher| {
            let make = |practice: Practice| practice.commits(10_000, histories).count();
            bencher.iter_batched(|| Practice::new(1, now), make, BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(rooms, manifests, cases);
criterion_main!(rooms);
