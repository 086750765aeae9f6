namespace Resilience.Hazards.Ratings;

/// <summary>What a threshold was before a rating turned it into what the station measures.</summary>
/// <param name="Value">As published.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Rating">Whose rating.</param>
/// <param name="Version">Hash of the rating's file.</param>
/// <param name="HighestGauging">The highest stage at which the flow was measured, in <paramref name="StageUnit"/>.</param>
/// <param name="StageUnit">Unit of the rating's stages.</param>
/// <param name="Extrapolated">True when it lies above that stage.</param>
public sealed record RatedFrom(double Value, string Unit, string Rating, string Version, double HighestGauging, string StageUnit, bool Extrapolated);
