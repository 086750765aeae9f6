using Resilience.Core;
using Resilience.Relief.Incidents;
using Resilience.Reports.Classifying;

namespace Resilience.Tests.Relief;

/// <summary>What makes two reports one incident, and how bad it looks.</summary>
public sealed class IncidentRulesTest
{
    [Theory]
    [InlineData(0, 27.49, true)]
    [InlineData(6, 27.49, true)]
    [InlineData(-6, 27.49, true)]
    [InlineData(6.01, 27.49, false)]
    [InlineData(-6.01, 27.49, false)]
    [InlineData(0, 27.53, true)]
    [InlineData(0, 27.54, false)]
    public void Near_in_time_and_place_is_one_incident(double hours, double latitude, bool belongs) =>
        Assert.Equal(belongs, IncidentRules.Belongs(Field.Report("b", place: "Wangdue", lat: latitude, hours: hours), Of()));

    [Fact]
    public void A_place_named_less_exactly_reaches_further() =>
        Assert.True(IncidentRules.Belongs(Field.Report("b", place: "Wangdue", lat: 27.6, radiusKm: 15), Of()));

    [Fact]
    public void A_whole_state_takes_in_only_reports_of_the_very_same_name()
    {
        Assert.False(IncidentRules.Belongs(Field.Report("b", place: "Punakha district", radiusKm: 60), Of()));
        Assert.True(IncidentRules.Belongs(Field.Report("b", place: "Wangdue district", radiusKm: 60), Of(place: "Wangdue district", radiusKm: 60)));
    }

    [Fact]
    public void Two_places_of_one_name_far_apart_are_two_places() =>
        Assert.False(IncidentRules.Belongs(Field.Report("b", place: "Springfield", lon: -89.65, lat: 39.80), Of(place: "Springfield", lon: -93.29, lat: 37.21)));

    [Fact]
    public void A_rejected_incident_takes_no_more() => Assert.False(IncidentRules.Belongs(Field.Report("b"), Of(state: IncidentState.Rejected)));

    [Fact]
    public void A_drill_and_the_real_thing_never_mix() => Assert.False(IncidentRules.Belongs(Field.Report("b", exercise: true), Of()));

    [Theory]
    [InlineData(Categories.RequestsOrNeeds, IncidentKind.Needs)]
    [InlineData(Categories.InjuredOrDead, IncidentKind.Injured)]
    [InlineData(Categories.MissingOrFound, IncidentKind.Missing)]
    [InlineData(Categories.DisplacedPeople, IncidentKind.Displaced)]
    [InlineData(Categories.InfrastructureDamage, IncidentKind.Damage)]
    [InlineData(Categories.CautionAndAdvice, null)]
    [InlineData(Categories.RescueOrDonation, null)]
    [InlineData(Categories.NotHumanitarian, null)]
    public void Only_what_happened_somewhere_is_an_incident(string category, IncidentKind? kind) => Assert.Equal(kind, IncidentRules.KindOf(Field.Report("a", category)));

    [Fact]
    public void What_is_not_informative_is_no_incident_whatever_its_category() => Assert.Null(IncidentRules.KindOf(Field.Report("a", informative: false)));

    [Theory]
    [InlineData(IncidentKind.Needs, 1, IncidentState.Unverified, CapSeverity.Moderate)]
    [InlineData(IncidentKind.Needs, 2, IncidentState.Unverified, CapSeverity.Moderate)]
    [InlineData(IncidentKind.Needs, 3, IncidentState.Unverified, CapSeverity.Severe)]
    [InlineData(IncidentKind.Missing, 1, IncidentState.Verified, CapSeverity.Severe)]
    [InlineData(IncidentKind.Injured, 1000, IncidentState.Verified, CapSeverity.Severe)]
    [InlineData(IncidentKind.Damage, 1000, IncidentState.Unverified, CapSeverity.Minor)]
    [InlineData(IncidentKind.Damage, 1, IncidentState.Verified, CapSeverity.Moderate)]
    [InlineData(IncidentKind.Displaced, 3, IncidentState.Unverified, CapSeverity.Minor)]
    public void How_bad_it_looks(IncidentKind kind, int origins, IncidentState state, CapSeverity severity) => Assert.Equal(severity, IncidentSeverity.Of(kind, origins, state));

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "a")]
    [InlineData(1, "", "a")]
    [InlineData(2, "", "a", "b")]
    public void Unknown_authors_are_nobodys_witnesses(int counted, params string[] origins) => Assert.Equal(counted, IncidentRules.CountOrigins(origins.ToHashSet()));

    private static Incident Of(string place = "Bajo", double lon = 89.90, double lat = 27.49, double radiusKm = 2, IncidentState state = IncidentState.Unverified)
    {
        var first = Field.Report("a", lon: lon, lat: lat);
        return new Incident
        {
            Id = first.Id,
            Kind = IncidentKind.Needs,
            Title = "",
            Place = place,
            Location = first.Location!,
            RadiusKm = radiusKm,
            FirstAt = first.PostedAt,
            LastAt = first.PostedAt,
            Exercise = false,
            State = state,
        };
    }
}
