using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Observations;
using Resilience.Observations.Queries;

namespace Resilience.Tests.Hazards;

/// <summary>How far the rules trust a value follows from its flags.</summary>
public sealed class ReadingTrustTest
{
    [Theory]
    [InlineData(QualityFlags.None, Trust.Trusted)]
    [InlineData(QualityFlags.RateOfChange, Trust.Sudden)]
    [InlineData(QualityFlags.RateOfChange | QualityFlags.Step, Trust.Sudden)] // a new zero higher up, or a gate
    [InlineData(QualityFlags.RateOfChange | QualityFlags.Step | QualityFlags.Suspect, Trust.Doubtful)] // feet for metres
    [InlineData(QualityFlags.RateOfChange | QualityFlags.Spike | QualityFlags.Suspect, Trust.Sudden)] // one only: it has come back
    [InlineData(QualityFlags.Stuck | QualityFlags.Suspect, Trust.Doubtful)]
    [InlineData(QualityFlags.Gap, Trust.Trusted)]
    public void A_sudden_value_may_be_borne_out_by_others_and_another_unit_may_not(QualityFlags flags, Trust expected)
    {
        var at = new DateTimeOffset(2020, 2, 26, 0, 0, 0, TimeSpan.Zero);
        var datastream = new Datastream { Id = "t:1:stage", StationId = "t:1", Property = ObservedProperty.Stage, Unit = "m", Name = "Stage", ExpectedEvery = TimeSpan.FromMinutes(15) };
        var observation = new Observation { DatastreamId = datastream.Id, PhenomenonTime = at, Revision = 0, Result = 1, Flags = flags, BatchId = default };

        Assert.Equal(expected, AssessHazards.ToReading(new DatastreamObservation(datastream, observation)).Trust);
    }
}
