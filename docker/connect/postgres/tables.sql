-- The warehouse's tables in PostgreSQL, for the connectors in ../sinks. May be run again; changes nothing that is there.
-- What a table holds, and why its columns have these types: docs/warehouse.md.
create schema if not exists plimsoll;

create table if not exists plimsoll.market_state (
    record_key text not null,
    venue text not null,
    symbol text not null,
    base_asset text not null,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    price_time timestamptz not null,
    book_time timestamptz,
    formula_version integer not null,
    censored boolean default false not null,
    mark_price double precision not null,
    index_price double precision,
    venue_open_interest double precision,
    open_interest double precision not null,
    open_interest_usd double precision not null,
    net_size double precision not null,
    long_positions integer not null,
    long_size double precision not null,
    long_notional_usd double precision not null,
    long_entry_price double precision,
    long_unrealised_usd double precision not null,
    long_equity_usd double precision not null,
    long_leverage double precision,
    coverage_long double precision,
    short_positions integer not null,
    short_size double precision not null,
    short_notional_usd double precision not null,
    short_entry_price double precision,
    short_unrealised_usd double precision not null,
    short_equity_usd double precision not null,
    short_leverage double precision,
    coverage_short double precision,
    leverage double precision,
    leverage_skew double precision,
    leverage_log_ratio double precision,
    hhi double precision,
    effective_accounts double precision,
    top_1_share double precision,
    top_5_share double precision,
    top_10_share double precision,
    top_20_share double precision,
    funding_rate_8h double precision,
    funding_implied_skew double precision,
    tail_skew jsonb not null,
    venue_reported_positions integer not null,
    venue_lines_compared integer default 0 not null,
    venue_lines_apart integer default 0 not null,
    unliquidatable_size double precision not null,
    quote_price_usd double precision default 1.0 not null,
    margin_table_date text,
    kafka_partition integer,
    kafka_offset bigint,
    kafka_time timestamptz,
    primary key (record_key)
);

create table if not exists plimsoll.system_state (
    record_key text not null,
    subject text not null,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    formula_version integer not null,
    markets integer not null,
    long_positions integer not null,
    short_positions integer not null,
    open_interest_usd double precision not null,
    long_notional_usd double precision not null,
    short_notional_usd double precision not null,
    long_equity_usd double precision not null,
    short_equity_usd double precision not null,
    long_leverage double precision,
    short_leverage double precision,
    leverage double precision,
    leverage_skew double precision,
    venue_open_interest_usd double precision,
    coverage_long double precision,
    coverage_short double precision,
    venue_lines_compared integer default 0 not null,
    venue_lines_apart integer default 0 not null,
    kafka_partition integer,
    kafka_offset bigint,
    kafka_time timestamptz,
    primary key (record_key)
);

create table if not exists plimsoll.market_windows (
    record_key text not null,
    subject text not null,
    window_size_ms bigint not null,
    window_start timestamptz not null,
    is_final boolean not null,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    min_coverage_long double precision,
    min_coverage_short double precision,
    samples integer not null,
    late_samples integer not null,
    formula_version integer not null,
    metrics jsonb not null,
    kafka_partition integer,
    kafka_offset bigint,
    kafka_time timestamptz,
    primary key (record_key)
);

create table if not exists plimsoll.system_windows (
    record_key text not null,
    subject text not null,
    window_size_ms bigint not null,
    window_start timestamptz not null,
    is_final boolean not null,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    min_coverage_long double precision,
    min_coverage_short double precision,
    samples integer not null,
    late_samples integer not null,
    formula_version integer not null,
    metrics jsonb not null,
    kafka_partition integer,
    kafka_offset bigint,
    kafka_time timestamptz,
    primary key (record_key)
);

create table if not exists plimsoll.alerts (
    record_key text not null,
    id text not null,
    rule_id text not null,
    kind text not null,
    subject text not null,
    status text not null,
    severity text not null,
    sequence integer not null,
    since timestamptz not null,
    fired timestamptz,
    resolved timestamptz,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    coverage_long double precision,
    coverage_short double precision,
    readings jsonb not null,
    contributors jsonb not null,
    parent text,
    acknowledged_by text,
    silenced_until timestamptz,
    labels jsonb not null,
    runbook text,
    owner text,
    sentence text not null,
    kafka_partition integer,
    kafka_offset bigint,
    kafka_time timestamptz,
    primary key (record_key)
);

create table if not exists plimsoll.alert_history (
    kafka_partition integer not null,
    kafka_offset bigint not null,
    id text not null,
    rule_id text not null,
    kind text not null,
    subject text not null,
    status text not null,
    severity text not null,
    sequence integer not null,
    since timestamptz not null,
    fired timestamptz,
    resolved timestamptz,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    coverage_long double precision,
    coverage_short double precision,
    readings jsonb not null,
    contributors jsonb not null,
    parent text,
    acknowledged_by text,
    silenced_until timestamptz,
    labels jsonb not null,
    runbook text,
    owner text,
    sentence text not null,
    kafka_time timestamptz,
    primary key (kafka_partition, kafka_offset)
);

create table if not exists plimsoll.account_risk (
    record_key text not null,
    venue text not null,
    account text not null,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    formula_version integer not null,
    state text not null,
    state_since timestamptz not null,
    source text not null,
    equity_usd double precision not null,
    margin_equity_usd double precision not null,
    maintenance_margin_usd double precision not null,
    margin_ratio double precision,
    gross_notional_usd double precision not null,
    net_notional_usd double precision not null,
    gross_leverage double precision,
    net_leverage double precision,
    distance double precision,
    cross_efficiency double precision,
    forced_notional_usd double precision not null,
    positions jsonb not null,
    coins jsonb not null,
    funding_usd_per_hour double precision,
    funding_liquidation_ms bigint,
    interest_usd_per_hour double precision,
    interest_liquidation_ms bigint,
    kafka_partition integer,
    kafka_offset bigint,
    kafka_time timestamptz,
    primary key (record_key)
);

create table if not exists plimsoll.account_risk_history (
    kafka_partition integer not null,
    kafka_offset bigint not null,
    venue text not null,
    account text not null,
    as_of timestamptz not null,
    staleness_ms bigint not null,
    formula_version integer not null,
    state text not null,
    state_since timestamptz not null,
    source text not null,
    equity_usd double precision not null,
    margin_equity_usd double precision not null,
    maintenance_margin_usd double precision not null,
    margin_ratio double precision,
    gross_notional_usd double precision not null,
    net_notional_usd double precision not null,
    gross_leverage double precision,
    net_leverage double precision,
    distance double precision,
    cross_efficiency double precision,
    forced_notional_usd double precision not null,
    positions jsonb not null,
    coins jsonb not null,
    funding_usd_per_hour double precision,
    funding_liquidation_ms bigint,
    interest_usd_per_hour double precision,
    interest_liquidation_ms bigint,
    kafka_time timestamptz,
    primary key (kafka_partition, kafka_offset)
);

create index if not exists market_windows_subject on plimsoll.market_windows (subject, window_size_ms, window_start);
create index if not exists system_windows_subject on plimsoll.system_windows (subject, window_size_ms, window_start);
create index if not exists alert_history_rule on plimsoll.alert_history (rule_id, subject, as_of);
create index if not exists alert_history_as_of on plimsoll.alert_history (as_of);
create index if not exists account_risk_history_account on plimsoll.account_risk_history (venue, account, as_of);

-- A row for each metric of each window.
create or replace view plimsoll.market_window_metrics as
select w.subject, w.window_size_ms, w.window_start, w.is_final, w.as_of,
    m.name, m.open, m.high, m.low, m.close, m.mean
from plimsoll.market_windows w,
    jsonb_to_recordset(w.metrics) as m (
        name text, open double precision, high double precision, low double precision,
        close double precision, mean double precision);

create or replace view plimsoll.system_window_metrics as
select w.subject, w.window_size_ms, w.window_start, w.is_final, w.as_of,
    m.name, m.open, m.high, m.low, m.close, m.mean
from plimsoll.system_windows w,
    jsonb_to_recordset(w.metrics) as m (
        name text, open double precision, high double precision, low double precision,
        close double precision, mean double precision);

-- A row for each open position of each account near its line.
create or replace view plimsoll.account_positions as
select r.venue, r.account, r.as_of, r.state,
    p.symbol, p.size, p."markPrice" as mark_price, p."notionalUsd" as notional_usd,
    p."unrealisedUsd" as unrealised_usd, p."liquidationPrice" as liquidation_price, p.distance,
    p."forcedNotionalUsd" as forced_notional_usd, p.source
from plimsoll.account_risk r,
    jsonb_to_recordset(r.positions) as p (
        symbol text, size double precision, "markPrice" double precision, "notionalUsd" double precision,
        "unrealisedUsd" double precision, "liquidationPrice" double precision, distance double precision,
        "forcedNotionalUsd" double precision, source text);
