using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>A long run is worth only what its alarm is: an input that breaks a reader, or takes its time, is named and kept.</summary>
public sealed class FuzzRunTest
{
    [Fact]
    public async Task An_input_that_breaks_a_reader_is_named_and_its_bytes_are_kept()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => FuzzRun.RunAsync("try out", n => [(byte)n], (n, _, _) => n - FuzzRun.From == 3 ? throw new ArithmeticException("as a damaged document might") : Task.CompletedTask, inputs: 5));
        Assert.Contains($"Input {FuzzRun.From + 3} of try out", failure.Message, StringComparison.Ordinal);
        var kept = Repository.Path("artifacts", "fuzz", $"try-out-{FuzzRun.From + 3}.bin");
        Assert.Equal([(byte)(FuzzRun.From + 3)], await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken));
        File.Delete(kept);
    }

    [Fact]
    public async Task An_input_that_takes_over_a_second_each_time_fails()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => FuzzRun.RunAsync("try slow", _ => [1], (_, _, _) => Task.Delay(FuzzRun.Longest + TimeSpan.FromMilliseconds(50)), inputs: 1));
        Assert.Contains("it took 1.", failure.Message, StringComparison.Ordinal);
        File.Delete(Repository.Path("artifacts", "fuzz", $"try-slow-{FuzzRun.From}.bin"));
    }
}
