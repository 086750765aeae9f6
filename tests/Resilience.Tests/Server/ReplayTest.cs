using System.Globalization;
using Resilience.Server.Commands;
using Resilience.Server.Replaying;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Server;

/// <summary>A headless replay decides the same every time, also when it dies on the way.</summary>
public sealed class ReplayTest
{
    [Theory]
    [InlineData("thorthormi-2019-drill", "2019-06-20T13:00:00Z", 50)]
    [InlineData("pearl-river-2019", "2019-02-27T12:00:00Z", 300)]
    public async Task The_same_recording_makes_the_same_bytes(string name, string from, int minutes)
    {
        var first = await RunAsync(Part(name, from, minutes));
        var second = await RunAsync(Part(name, from, minutes));

        Assert.Contains(first, line => line.StartsWith("{\"decision\":\"draft\"", StringComparison.Ordinal));
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Dying_at_random_moments_changes_no_decision(int seed)
    {
        var undisturbed = await RunAsync(Outburst);
        var random = new Random(seed);
        var data = Directory.CreateTempSubdirectory("resilience-replay-").FullName;
        var died = 0;
        while (true)
        {
            var left = random.Next(1, 300);
            try
            {
                var decisions = await RunAsync(Outburst, data, died >= 12 ? null : () =>
                {
                    if (--left == 0)
                    {
                        throw new DeathException();
                    }
                });
                Assert.True(died > 2, $"It died only {died} times.");
                Assert.Equal(undisturbed.Order(StringComparer.Ordinal), decisions.Order(StringComparer.Ordinal));
                return;
            }
            catch (DeathException)
            {
                died++;
            }
        }
    }

    [Fact]
    public void The_moments_of_a_recording_are_its_polls_and_its_posts()
    {
        var kerala = Load("kerala-2018");
        var moments = StepThrough.ListMoments(kerala);
        Assert.Equal(kerala.RealFrom, moments[0]);
        Assert.Equal(kerala.RealTo, moments[^1]);
        Assert.Equal(moments.Order().Distinct(), moments);
        Assert.Equal(1 + (14 * 60), StepThrough.ListMoments(Load("thorthormi-2019-drill")).Count);
    }

    private static Recording Load(string name) => Recording.Load(Repository.Path("geodata", "recordings", name));

    /// <summary>The hour of the outburst.</summary>
    private static Recording Outburst => Part("thorthormi-2019-drill", "2019-06-20T13:00:00Z", 50);

    /// <summary>A part of a recording; what lies before is there when it begins.</summary>
    private static Recording Part(string name, string from, int minutes)
    {
        var begin = DateTimeOffset.Parse(from, CultureInfo.InvariantCulture);
        return Load(name) with { RealFrom = begin, RealTo = begin.AddMinutes(minutes) };
    }

    private static async Task<string[]> RunAsync(Recording recording, string? data = null, Action? died = null)
    {
        var directory = data ?? Directory.CreateTempSubdirectory("resilience-replay-").FullName;
        var file = Path.Combine(directory, "decisions.jsonl");
        await ReplayRecording.StepAsync(recording, null, directory, file, died, CancellationToken.None);
        var lines = await File.ReadAllLinesAsync(file);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
        return lines;
    }

    private sealed class DeathException : Exception;
}
