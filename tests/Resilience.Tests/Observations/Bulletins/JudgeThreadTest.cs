using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Observations.Bulletins;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations.Bulletins;

/// <summary>What of a thread of messages stands, whatever the order they came in.</summary>
public sealed class JudgeThreadTest
{
    [Fact]
    public void An_update_replaces_what_it_refers_to_and_a_cancel_ends_it()
    {
        Assert.Equal(["a"], Standing(Message("a", 0)));
        Assert.Equal(["b"], Standing(Message("a", 0), Message("b", 1, CapMsgType.Update, "a")));
        Assert.Empty(Standing(Message("a", 0), Message("b", 1, CapMsgType.Cancel, "a")));
        Assert.Empty(Standing(Message("a", 0), Message("b", 1, CapMsgType.Update, "a"), Message("c", 2, CapMsgType.Cancel, "a", "b")));
        Assert.Equal(["a", "b"], Standing(Message("a", 0), Message("b", 1))); // two alerts of one thread
        Assert.Equal(["b"], Standing(Message("a", 0), Message("b", 1, CapMsgType.Update, "a"), Message("c", 2, CapMsgType.Ack, "b")));
    }

    [Fact]
    public void Two_messages_that_end_each_other_leave_the_later_one() =>
        Assert.Equal(["b"], Standing(Message("a", 0, CapMsgType.Update, "b"), Message("b", 1, CapMsgType.Update, "a")));

    [Fact]
    public void A_drill_ends_no_real_warning_and_a_real_cancel_no_drill()
    {
        Assert.Equal(["a"], Standing(Message("a", 0), Message("b", 1, CapMsgType.Cancel, "a") with { Status = CapStatus.Exercise }));
        Assert.Equal(["a"], Standing(Message("a", 0) with { Status = CapStatus.Exercise }, Message("b", 1, CapMsgType.Cancel, "a")));
    }

    [Fact]
    public void The_newest_edition_of_an_event_replaces_those_before_it_also_when_it_is_milder()
    {
        var (worse, milder) = (Message("FL:1:1", 0) with { ReplacesThread = true, Edition = 1 }, Message("FL:1:2", 1) with { ReplacesThread = true, Edition = 2 });
        Assert.Equal(["FL:1:2"], Standing(worse, milder));
        Assert.Equal(["FL:1:2"], Standing(worse with { Revised = TestStore.Begin.AddDays(1) }, milder)); // the count of editions goes before the clock
        Assert.Empty(Standing(worse, milder with { MsgType = CapMsgType.Cancel }));
    }

    [Fact]
    public void Order_and_repetition_change_nothing()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var names = "abcdef".Select(letter => letter.ToString()).ToArray();
            var messages = Enumerable.Range(0, random.Next(1, 8)).Select(n => Message(
                names[random.Next(names.Length)], random.Next(5), (CapMsgType)random.Next(5), [.. names.Where(_ => random.Next(3) == 0)]) with
            {
                ContentHash = $"{random.Next(3)}",
                ReplacesThread = random.Next(4) == 0,
                Status = random.Next(4) == 0 ? CapStatus.Exercise : CapStatus.Actual,
            }).GroupBy(row => (row.Identifier, row.Revised, row.ContentHash)).Select(same => same.First()).ToList();
            var expected = JudgeThread.Standing(messages);
            for (var turn = 0; turn < 3; turn++)
            {
                random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(messages));
                Assert.Equal(expected, JudgeThread.Standing(messages));
            }
        }
    }

    private static IEnumerable<string> Standing(params Bulletin[] thread) => JudgeThread.Standing(thread).Select(one => one.Identifier);

    private static Bulletin Message(string identifier, int minute, CapMsgType type = CapMsgType.Alert, params string[] refersTo) => new()
    {
        Id = StableId.From("test", identifier, $"{minute}"),
        FeedId = "t",
        Thread = StableId.From("test", "thread"),
        Identifier = identifier,
        Edition = 0,
        Revised = TestStore.Begin.AddMinutes(minute),
        ContentHash = "",
        Part = 0,
        MsgType = type,
        Status = CapStatus.Actual,
        ReplacesThread = false,
        RefersTo = System.Text.Json.JsonSerializer.Serialize(refersTo),
        Sender = "s",
        Authority = "A",
        Sent = TestStore.Begin.AddMinutes(minute),
        Kind = HazardKind.RiverFlood,
        Event = "Flood",
        Urgency = CapUrgency.Expected,
        Severity = CapSeverity.Severe,
        Certainty = CapCertainty.Likely,
        Texts = "[]",
        AreaDesc = "",
        UnknownCodes = "[]",
        Findings = "[]",
        Exercise = false,
        ReceivedAt = TestStore.Begin,
        LastListed = TestStore.Begin,
    };
}
