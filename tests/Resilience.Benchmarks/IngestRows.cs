using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Storing;

namespace Resilience.Benchmarks;

/// <summary>The rows of an <c>ingest</c> run, the same for every side, in the order of the table's key.</summary>
internal sealed class IngestRows
{
    internal static readonly DateTimeOffset Begin = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset PostgresEpoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly int _values;
    private readonly string[] _ids;

    internal IngestRows(int streams, int values, int batches)
    {
        _values = values;
        _ids = [.. Enumerable.Range(0, streams).Select(stream => $"bench:{stream}:00065").Order(StringComparer.Ordinal)];
        Batches = [.. Enumerable.Range(0, batches).Select(batch => new Batch(StableId.From("bench.batch", batch.ToString(CultureInfo.InvariantCulture)), List(batch, values)))];
        Copies = [.. Batches.Select(CopyOf)];
    }

    internal sealed record Batch(Guid Id, (string DatastreamId, DateTimeOffset Time, double Result)[] Rows);

    internal IReadOnlyList<Batch> Batches { get; }

    /// <summary>Each batch as PostgreSQL's binary COPY takes it.</summary>
    internal IReadOnlyList<byte[]> Copies { get; }

    internal int Count => _ids.Length * _values * Batches.Count;

    /// <summary>The batches as a parser hands them over. Made anew for each run: the intake notes in a payload what it refuses.</summary>
    internal List<ParsedPayload> Parse() => [.. Batches.Select(batch => Parse(batch.Rows))];

    /// <summary>What the stations sent in the hours before.</summary>
    internal ParsedPayload ParseBefore() => Parse(List(-1, 40));

    private ParsedPayload Parse((string DatastreamId, DateTimeOffset Time, double Result)[] rows)
    {
        var parsed = new ParsedPayload();
        for (var i = 0; i < _ids.Length; i++)
        {
            var (station, id) = (_ids[i][..^":00065".Length], new string(_ids[i]));
            parsed.Stations[station] = new ParsedStation(station, $"Station {i}", Wgs84.Point(i % 100 * 0.1, i / 100 * 0.1));
            parsed.Datastreams[id] = new ParsedDatastream(id, station, ObservedProperty.Stage, "m", "Stage", TimeSpan.FromMinutes(15));
        }

        parsed.Observations.AddRange(rows.Select(row => new ParsedObservation(row.DatastreamId, row.Time, row.Result)));
        return parsed;
    }

    // A slow wave, so that nothing is stuck and nothing is a spike.
    private (string, DateTimeOffset, double)[] List(int batch, int values) => [.. _ids.SelectMany((id, stream) => Enumerable.Range(0, values).Select(value =>
    {
        var step = (batch * values) + value;
        return (id, Begin.AddMinutes(15 * step), Math.Round(2 + Math.Sin((step + stream) / 50.0), 3));
    }))];

    private static byte[] CopyOf(Batch batch)
    {
        var bytes = new List<byte>([.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Span<byte> number = stackalloc byte[8];
        foreach (var (id, time, result) in batch.Rows)
        {
            bytes.AddRange([0, 8]);
            Field(Encoding.UTF8.GetBytes(id));
            BinaryPrimitives.WriteInt64BigEndian(number, (time - PostgresEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            Field(number);
            Field([0, 0, 0, 0]);
            BinaryPrimitives.WriteDoubleBigEndian(number, result);
            Field(number);
            bytes.AddRange([0xFF, 0xFF, 0xFF, 0xFF]);
            Field([0, 0, 0, 0]);
            bytes.AddRange([0xFF, 0xFF, 0xFF, 0xFF]);
            Field(batch.Id.ToByteArray(bigEndian: true));
        }

        return [.. bytes, 0xFF, 0xFF];

        void Field(ReadOnlySpan<byte> value)
        {
            bytes.AddRange([0, 0, 0, (byte)value.Length]);
            bytes.AddRange(value);
        }
    }
}
