using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Storage;

namespace Resilience.Tests.Warnings;

/// <summary>What cannot be sent is found while its author can still mend it, never when the second person says yes.</summary>
public sealed class HostileDraftTest
{
    [Theory]
    [InlineData("Fl\0ood", "warnings.unreadable")]
    [InlineData("Fl\bood", "warnings.unreadable")]
    [InlineData("Fl\uffffood", "warnings.unreadable")]
    [InlineData("Flood \u202Edoolf", "warnings.unreadable")]
    [InlineData(" ", "warnings.no-event")]
    public async Task An_event_that_no_receiver_could_read_is_not_submitted(string words, string code)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen, request => request with { Event = words });
        await Desk.RefusedAsync(code, () => desk.SubmitAsync(draft, Desk.Dechen));
    }

    [Theory]
    [InlineData("Wang\0due")]
    [InlineData("Wang\ufffedue")]
    public async Task An_area_that_no_receiver_could_read_is_not_submitted(string words)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen, request => request with { AreaDesc = words });
        Assert.Contains(draft.Checks, finding => finding is { Field: "areaDesc", Code: "warnings.unreadable", Severity: "stop" });
    }

    [Theory]
    [InlineData("FLOOD \uffff")]
    [InlineData("FLOOD \u202Eeuqaen")]
    public async Task A_text_that_no_receiver_could_read_is_not_submitted(string headline)
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen, request => request with { Texts = [request.Texts[0] with { Headline = headline }] });
        Assert.Contains(draft.Checks, finding => finding is { Field: "texts.en.headline", Code: "warnings.unreadable", Severity: "stop" });
    }

    [Fact]
    public async Task A_rating_outside_CAP_is_refused_when_it_is_written()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.BlankAsync(Desk.Dechen);
        await Desk.RefusedAsync("warnings.unknown-rating", () => desk.EditAsync(draft, Desk.Dechen, request => request with { Severity = (CapSeverity)99 }));
        await Desk.RefusedAsync("warnings.unknown-rating", () => desk.EditAsync(draft, Desk.Dechen, request => request with { Urgency = (CapUrgency)(-1) }));
    }

    [Fact]
    public async Task A_year_typed_wrong_does_not_warn_for_ever()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var draft = await desk.EditAsync(await desk.BlankAsync(Desk.Dechen), Desk.Dechen, request => request with { Expires = request.Expires.AddYears(50) });
        await Desk.RefusedAsync("warnings.stands-too-long", () => desk.SubmitAsync(draft, Desk.Dechen));
    }
}
