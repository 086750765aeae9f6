using System.Text;
using System.Text.Json;
using CsCheck;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>The streaming reader gives the same items however the bytes arrive, and never more than it may hold.</summary>
public sealed class JsonItemsTest
{
    private const string Document = """{"other":[1,{"items":[9]}],"a":{"items":[{"n":1},"zwei",[3,[4]],null,5.5e3]},"items":[8],"end":"ü"}""";

    [Fact]
    public void Items_come_the_same_in_whatever_pieces_the_bytes_arrive() =>
        Gen.Int[1, 40].Sample(size => Assert.Equal(["{\"n\":1}", "\"zwei\"", "[3,[4]]", "null", "5.5e3"], ReadAsync(Document, size, "a", "items").GetAwaiter().GetResult()), iter: 60);

    [Theory]
    [InlineData("meta", "limit", "500")]
    [InlineData("meta", "who", "EA")]
    [InlineData(null, "limit", "7")]
    [InlineData("meta", "deeper", null)]
    [InlineData("meta", "absent", null)]
    public async Task One_value_beside_the_array_is_picked_up_from_the_object_named(string? parent, string name, string? expected)
    {
        const string Beside = """{"meta":{"who":"EA","limit":500,"deeper":{"limit":9}},"other":{"limit":8},"limit":7,"items":[1]}""";
        var items = new JsonItems(new Trickle(Encoding.UTF8.GetBytes(Beside), 3), "items") { BesideParent = parent, BesideName = name };
        await foreach (var _ in items.ReadAsync(CancellationToken.None))
        {
        }

        Assert.Equal(expected, items.Beside);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(70)]
    public async Task A_document_cut_off_anywhere_is_refused(int missing) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(Document[..^missing], 16, "a", "items"));

    [Fact]
    public async Task An_element_beyond_the_limit_is_refused_without_being_held()
    {
        var trouble = await Assert.ThrowsAsync<FeedTrouble>(() => ReadAsync($$"""{"items":["{{new string('x', JsonItems.MaxElementBytes + 100)}}"]}""", 1 << 20, "items"));
        Assert.Equal("too-large", trouble.Reason);
    }

    private static async Task<List<string>> ReadAsync(string json, int size, params string[] path)
    {
        var items = new List<string>();
        await foreach (var item in new JsonItems(new Trickle(Encoding.UTF8.GetBytes(json), size), path).ReadAsync(CancellationToken.None))
        {
            items.Add(item.GetRawText());
        }

        return items;
    }

    private sealed class Trickle(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
