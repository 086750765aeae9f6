using Resilience.Core.Quantities;

namespace Resilience.Hazards.Ratings;

/// <summary>One segment Q = a (h − h0)^b, from a stage upwards to the next segment.</summary>
/// <param name="From">The lowest stage it holds for.</param>
/// <param name="A">a.</param>
/// <param name="ZeroFlow">h0, the stage of zero flow: below <paramref name="From"/>.</param>
/// <param name="B">b.</param>
public readonly record struct RatingSegment(double From, double A, double ZeroFlow, double B);

/// <summary>A discharge read off a rating.</summary>
/// <param name="Value">In the rating's unit of discharge.</param>
/// <param name="Extrapolated">True above the highest gauging: nobody has measured the flow at such a stage.</param>
public readonly record struct RatedDischarge(double Value, bool Extrapolated);

/// <summary>The relation of stage and discharge at a gauge, by segments as in ISO 18320. Immutable and thread-safe.</summary>
/// <remarks>Shifts (scour, weed, ice) are not applied: what it gives is the base rating.</remarks>
public sealed class RatingCurve
{
    private readonly RatingSegment[] _segments;

    /// <summary>A rating.</summary>
    /// <param name="segments">In rising order of stage; each must rise with the stage, and none may fall where the next begins.</param>
    /// <param name="highestGauging">The highest stage at which the flow was measured; above it everything is marked extrapolated.</param>
    /// <param name="stageUnit">Unit of the stage.</param>
    /// <param name="dischargeUnit">Unit of the discharge.</param>
    /// <param name="source">Whose rating.</param>
    /// <param name="version">Hash of what it was read from.</param>
    public RatingCurve(IReadOnlyList<RatingSegment> segments, double highestGauging, string stageUnit, string dischargeUnit, string source, string version = "")
    {
        ArgumentNullException.ThrowIfNull(segments);
        _segments = [.. segments];
        (HighestGauging, StageUnit, DischargeUnit, Source, Version) = (highestGauging, stageUnit, dischargeUnit, source, version);
        for (var i = 0; i < _segments.Length; i++)
        {
            var s = _segments[i];
            if (s.A <= 0 || s.B <= 0 || s.ZeroFlow >= s.From || (i > 0 && (s.From <= _segments[i - 1].From || At(s, s.From) < At(_segments[i - 1], s.From) * (1 - 1e-6))))
            {
                throw new InvalidDataException($"Segment {i + 1} of the rating of {source} does not rise with the stage.");
            }
        }

        if (_segments.Length == 0)
        {
            throw new InvalidDataException($"The rating of {source} has no segments.");
        }
    }

    /// <summary>Its segments, in rising order of stage.</summary>
    public IReadOnlyList<RatingSegment> Segments => _segments;

    /// <summary>Above this stage nobody has measured the flow.</summary>
    public double HighestGauging { get; }

    /// <summary>Unit of the stage.</summary>
    public string StageUnit { get; }

    /// <summary>Unit of the discharge.</summary>
    public string DischargeUnit { get; }

    /// <summary>Whose rating.</summary>
    public string Source { get; }

    /// <summary>Hash of what it was read from: another file is another version.</summary>
    public string Version { get; }

    /// <summary>
    /// The segments through the points of a table: between two points a straight line in logarithms of Q and h − offset. A point that does not rise above the
    /// one before is passed over: expanded tables repeat rounded values.
    /// </summary>
    public static IReadOnlyList<RatingSegment> Through(IReadOnlyList<(double Stage, double Discharge)> points, double offset)
    {
        ArgumentNullException.ThrowIfNull(points);
        var segments = new List<RatingSegment>();
        var before = 0;
        for (var i = 1; i < points.Count; i++)
        {
            var ((h1, q1), (h2, q2)) = (points[before], points[i]);
            if (h2 <= h1 || q2 <= q1)
            {
                continue;
            }

            before = i;
            var b = Math.Log(q2 / q1) / Math.Log((h2 - offset) / (h1 - offset));
            segments.Add(new RatingSegment(h1, q1 / Math.Pow(h1 - offset, b), offset, b));
        }

        return segments;
    }

    /// <summary>The discharge at a stage; null below the lowest segment, where the rating says nothing.</summary>
    public RatedDischarge? DischargeAt(double stage) =>
        double.IsFinite(stage) && stage >= _segments[0].From ? new RatedDischarge(At(_segments.Last(segment => segment.From <= stage), stage), stage > HighestGauging) : null;

    /// <summary>The stage of a discharge; null for less than the rating's lowest.</summary>
    public (double Stage, bool Extrapolated)? StageOf(double discharge)
    {
        if (!double.IsFinite(discharge) || discharge < At(_segments[0], _segments[0].From))
        {
            return null;
        }

        var segment = _segments.Last(s => At(s, s.From) <= discharge);
        var stage = segment.ZeroFlow + Math.Pow(discharge / segment.A, 1 / segment.B);
        // Where a segment ends below the next one's beginning the flow jumps: the stage of all between is that of the jump.
        var next = Array.IndexOf(_segments, segment) + 1;
        stage = next < _segments.Length ? Math.Min(stage, _segments[next].From) : stage;
        return (stage, stage > HighestGauging);
    }

    private static double At(RatingSegment segment, double stage) => segment.A * Math.Pow(stage - segment.ZeroFlow, segment.B);

    /// <summary>How many of one unit the other is; null when they measure different things.</summary>
    internal static double? Factor(string from, string to) => from == to ? 1
        : Units.TryFactor(from, out var a, out var one) && Units.TryFactor(to, out var b, out var other) && one == other ? a / b : null;
}
