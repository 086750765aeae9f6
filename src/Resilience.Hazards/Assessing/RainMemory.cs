using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Resilience.Hazards.Assessing;

/// <summary>
/// All that is kept of a rain gauge between batches: its readings of some days, one per time, and the rule's state at two of them. Sums are
/// reckoned anew from the readings, so that one that comes late falls into its hours.
/// </summary>
/// <param name="Readings">By time; those of the 72 hours before the checkpoint and all since.</param>
/// <param name="Checkpoint">The state a day before the newest reading: from there the rule is gone through again when a reading comes late.</param>
/// <param name="CheckpointAt">Time of the last reading in the checkpoint, or null.</param>
/// <param name="Head">The state at the newest reading.</param>
public sealed record RainMemory([property: JsonConverter(typeof(ReadingsJson))] ImmutableArray<Reading> Readings, RainState Checkpoint, DateTimeOffset? CheckpointAt, RainState Head)
{
    /// <summary>Before any reading.</summary>
    public static RainMemory Empty { get; } = new([], RainState.Start, null, RainState.Start);

    /// <summary>How late a reading may come and still change the level as if it had come in time.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromHours(24);

    /// <summary>At most so many readings are kept: four days at one reading a minute and some.</summary>
    public const int Most = 7000;

    /// <summary>The readings with more of them in their places, and the index of the first that is new or corrected (their number when none is).</summary>
    internal (ImmutableArray<Reading> Readings, int Changed) Merge(IEnumerable<Reading> more)
    {
        // Before the first one kept nobody knows any more what was there.
        var after = CheckpointAt is null || Readings.IsEmpty ? DateTimeOffset.MinValue : Readings[0].Time;
        var fresh = new SortedDictionary<DateTimeOffset, Reading>();
        foreach (var reading in more)
        {
            if (reading.Time > after && (!fresh.TryGetValue(reading.Time, out var there) || reading.Revision > there.Revision))
            {
                fresh[reading.Time] = reading;
            }
        }

        var merged = Readings.ToBuilder();
        var changed = int.MaxValue;
        foreach (var reading in fresh.Values)
        {
            var at = merged.Count;
            while (at > 0 && merged[at - 1].Time >= reading.Time)
            {
                at--;
            }

            if (at == merged.Count || merged[at].Time != reading.Time)
            {
                merged.Insert(at, reading);
            }
            else if (reading.Revision > merged[at].Revision)
            {
                merged[at] = reading;
            }
            else
            {
                continue;
            }

            changed = Math.Min(changed, at);
        }

        return (merged.DrainToImmutable(), changed);
    }

    /// <summary>What of the readings is still needed behind a checkpoint: the longest window, and before it as many as say what its first reading covers.</summary>
    internal static ImmutableArray<Reading> Keep(ImmutableArray<Reading> readings, DateTimeOffset? checkpointAt)
    {
        var from = 0;
        while (from < readings.Length && readings[from].Time <= checkpointAt - RainSums.Longest)
        {
            from++;
        }

        return readings[Math.Max(Math.Max(0, from - RainSums.Gaps - 1), readings.Length - Most)..];
    }
}

/// <summary>Readings as one flat list (time in microseconds since 1970 and then since the one before, revision, value, trust, flags): days of them are written with every batch.</summary>
internal sealed class ReadingsJson : JsonConverter<ImmutableArray<Reading>>
{
    /// <inheritdoc/>
    public override ImmutableArray<Reading> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var all = ImmutableArray.CreateBuilder<Reading>();
        var time = 0L;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            time += reader.GetInt64();
            reader.Read();
            var revision = reader.GetInt32();
            reader.Read();
            var value = reader.TokenType == JsonTokenType.String ? double.Parse(reader.GetString()!, CultureInfo.InvariantCulture) : reader.GetDouble();
            reader.Read();
            var trust = (Trust)reader.GetInt32();
            reader.Read();
            all.Add(new Reading(DateTimeOffset.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMicrosecond), revision, value, trust, reader.GetString()!));
        }

        return all.DrainToImmutable();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ImmutableArray<Reading> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        var before = 0L;
        foreach (var reading in value)
        {
            var time = (reading.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            writer.WriteNumberValue(time - before);
            writer.WriteNumberValue(reading.Revision);
            if (double.IsFinite(reading.Value))
            {
                writer.WriteNumberValue(reading.Value);
            }
            else
            {
                writer.WriteStringValue(reading.Value.ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteNumberValue((int)reading.Trust);
            writer.WriteStringValue(reading.Quality);
            before = time;
        }

        writer.WriteEndArray();
    }
}
