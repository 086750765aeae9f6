using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Core.Quantities;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;

namespace Resilience.Risk.Impact;

/// <summary>What water of a depth does to a building's value, on average over many.</summary>
/// <param name="DepthMetres">The depth taken.</param>
/// <param name="Region">Whose curves: a continent.</param>
/// <param name="Curves">One per use: homes, and commerce where there is a curve.</param>
/// <param name="Assumption">What the depth is, and what is not in it.</param>
/// <param name="Source">Where the curves are published.</param>
public sealed record DamageView(double DepthMetres, string Region, IReadOnlyList<DamageCurve> Curves, string Assumption, string Source);

/// <summary>One curve with the depth's share read off it.</summary>
/// <param name="Use"><c>residential</c> or <c>commercial</c>.</param>
/// <param name="Depths">Metres of water above the floor, ascending.</param>
/// <param name="Shares">Share of the value destroyed at each depth, 0 to 1.</param>
/// <param name="Share">The share at the depth taken.</param>
public sealed record DamageCurve(string Use, IReadOnlyList<double> Depths, IReadOnlyList<double> Shares, double Share);

/// <summary>
/// Depth–damage functions by continent, from <c>geodata/vulnerability/depth-damage.json</c> (Huizinga, de Moel and Szewczyk 2017, JRC, doi
/// 10.2760/16510). Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Without a model of the ground nobody knows how deep the water stands in a home. What the gauge does tell is how far the river is above the
/// height where flooding begins: so deep it stands at a home that lies just there, less at all others.
/// </remarks>
public sealed class DepthDamage
{
    private readonly DamageFile _file;

    private DepthDamage(DamageFile file) => _file = file;

    /// <summary>Reads the carried file.</summary>
    public static DepthDamage Read(GeodataDirectory geodata)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        using var file = File.OpenRead(geodata.File("vulnerability", "depth-damage.json"));
        return new DepthDamage(JsonSerializer.Deserialize(file, DamageJson.Default.DamageFile) ?? throw new InvalidDataException("The file of depth-damage functions is empty."));
    }

    /// <summary>
    /// The damage a river flood does where it is deepest in homes; null unless the stage is measured in a length and stands above a published
    /// height at which flooding begins.
    /// </summary>
    /// <param name="hazard">The assessment.</param>
    /// <param name="country">ISO 3166-1 alpha-2 of the place nearest to the gauge.</param>
    public DamageView? Of(HazardAssessment hazard, string country)
    {
        ArgumentNullException.ThrowIfNull(hazard);
        var evidence = Evidence.FromJson(hazard.Evidence);
        if (hazard.Kind != HazardKind.RiverFlood || hazard.Level < HazardLevel.Minor || hazard.Silent || evidence.Readings is not [.., var newest]
            || !Units.TryFactor(evidence.Unit, out var metres, out var canonical) || canonical != "m"
            || evidence.Thresholds.FirstOrDefault(threshold => threshold.Level == HazardLevel.Minor) is not { Assumed: false, Rated: null } floods
            || (newest.Value - floods.Value) * metres is not (> 0 and var depth))
        {
            return null;
        }

        return At(Math.Round(depth, 2), country) is not { } curves ? null : curves with
        {
            Assumption = $"The river stands {FormattableString.Invariant($"{depth:0.0#}")} m above {floods.Label}, where flooding begins. So deep is the water at a home just there; homes that lie higher have less. Speed, mud and debris are not in it.",
        };
    }

    /// <summary>The curves of a country's continent with their shares at a depth; null for a country without any.</summary>
    public DamageView? At(double depthMetres, string country)
    {
        var region = _file.Regions.FirstOrDefault(region => region.Countries.Contains(country, StringComparer.Ordinal));
        return region is null ? null : new DamageView(
            depthMetres, region.Name,
            [.. new[] { ("residential", (IReadOnlyList<double>?)region.Residential), ("commercial", region.Commercial) }.Where(curve => curve.Item2 is not null)
                .Select(curve => new DamageCurve(curve.Item1, _file.DepthsMetres, curve.Item2!, Math.Round(Interpolate(curve.Item2!, depthMetres), 3)))],
            "", $"{_file.Source}, doi {_file.Doi}");
    }

    private double Interpolate(IReadOnlyList<double> shares, double depth)
    {
        var depths = _file.DepthsMetres;
        for (var i = 1; i < depths.Count; i++)
        {
            if (depth <= depths[i])
            {
                return depth <= depths[0] ? shares[0] : shares[i - 1] + ((shares[i] - shares[i - 1]) * (depth - depths[i - 1]) / (depths[i] - depths[i - 1]));
            }
        }

        return shares[^1];
    }
}

/// <summary>The file of depth–damage functions.</summary>
internal sealed record DamageFile(string Source, string Doi, IReadOnlyList<double> DepthsMetres, IReadOnlyList<DamageRegion> Regions);

/// <summary>One continent's functions.</summary>
internal sealed record DamageRegion(string Name, IReadOnlyList<string> Countries, IReadOnlyList<double> Residential, IReadOnlyList<double>? Commercial);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DamageFile))]
internal sealed partial class DamageJson : JsonSerializerContext;
