// Parquet funding rates to JSON lines on standard output. Needs: npm install --no-save hyparquet@1.31.5
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

for (const file of process.argv.slice(2)) {
  for (const row of await parquetReadObjects({ file: await asyncBufferFromFile(file) })) {
    console.log(JSON.stringify({ coin: row.coin, timeMs: +row.time, rate: row.funding_rate }));
  }
}
