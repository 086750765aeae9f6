namespace Resilience.Observations.Bulletins;

/// <summary>
/// How far an earthquake is felt: the intensity prediction equation of Allen, Wald and Worden (2012), "Intensity attenuation for active
/// crustal regions", Journal of Seismology 16, 409–433, in its form for the distance to the hypocentre.
/// </summary>
/// <remarks>
/// I = 2.085 + 1.428 M − 1.402 ln √(R² + Rm²) [+ 0.078 ln(R/50) beyond 50 km], Rm = −0.209 + 2.042 e^(M−5); R in km, I on the Modified
/// Mercalli scale. Derived for magnitudes 5.0 to 7.9 and hypocentres within 300 km in active crust; below and beyond it is carried on, and
/// said to be. No soil, no direction, a point for a rupture that may be hundreds of kilometres long: this tells where to look, not
/// who was hit. It is information on what has happened and helps with the aftermath; it is no early warning.
/// </remarks>
public static class FeltArea
{
    /// <summary>Felt by most people, little or no harm: the least that is shown.</summary>
    public const double Felt = 4;

    /// <summary>Slight damage begins.</summary>
    public const double Damaging = 6;

    /// <summary>Depth assumed where the source gives none: that of the shallow quakes that do most harm.</summary>
    /// <value>10 km.</value>
    public const double AssumedDepthKm = 10;

    /// <summary>Below this magnitude nothing is shown: the equation was made for 5 and more, and carried far down it makes a quarry's blast destroy a town.</summary>
    /// <value>4: felt where it happens, rarely more.</value>
    public const double LeastMagnitude = 4;

    /// <summary>Shallower sources are taken as this deep (km): right above a shallow one the equation has no data and grows without bound.</summary>
    private const double LeastDepthKm = 5;

    /// <summary>Farthest distance looked at, in kilometres.</summary>
    private const double Farthest = 1_000;

    /// <summary>Intensity at a distance to the hypocentre (km).</summary>
    public static double Intensity(double magnitude, double hypocentralKm)
    {
        var near = -0.209 + (2.042 * Math.Exp(magnitude - 5));
        var intensity = 2.085 + (1.428 * magnitude) - (1.402 * Math.Log(Math.Sqrt((hypocentralKm * hypocentralKm) + (near * near))));
        return hypocentralKm <= 50 ? intensity : intensity + (0.078 * Math.Log(hypocentralKm / 50));
    }

    /// <summary>Intensity right above the source.</summary>
    public static double AtEpicentre(double magnitude, double? depthKm) => Intensity(magnitude, Math.Max(LeastDepthKm, depthKm ?? AssumedDepthKm));

    /// <summary>Distance from the epicentre (km) within which at least this intensity is expected; 0 when nowhere or below <see cref="LeastMagnitude"/>. At most 1,000.</summary>
    public static double RadiusKm(double magnitude, double? depthKm, double intensity)
    {
        var depth = Math.Max(LeastDepthKm, depthKm ?? AssumedDepthKm);
        if (magnitude < LeastMagnitude || Intensity(magnitude, depth) < intensity)
        {
            return 0;
        }

        // Intensity falls with distance everywhere: halve until within ten metres.
        var (low, high) = (0.0, Farthest);
        while (high - low > 0.01)
        {
            var middle = (low + high) / 2;
            (low, high) = Intensity(magnitude, Math.Sqrt((middle * middle) + (depth * depth))) >= intensity ? (middle, high) : (low, middle);
        }

        return low;
    }
}
