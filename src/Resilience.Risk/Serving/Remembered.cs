using Microsoft.Extensions.Caching.Memory;

namespace Resilience.Risk.Serving;

/// <summary>
/// Answers that were reckoned lately. To lay one area over another may take a second, and anybody may ask for it as often as he likes: so it is reckoned once, for all who
/// ask meanwhile too, and told again for some minutes. Thread-safe.
/// </summary>
public sealed class Remembered(TimeProvider clock) : IDisposable
{
    private const int MostAnswers = 100;

    /// <summary>What an answer rests on does not change under its key; the names beside it (of a feed, say) may.</summary>
    private static readonly TimeSpan For = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = MostAnswers });
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Dispose() => _answers.Dispose();

    /// <summary>The answer under a key. One that failed is not remembered.</summary>
    /// <param name="key">What it follows from.</param>
    /// <param name="reckon">Reckons it; it must not depend on who asks.</param>
    public async Task<T> AskAsync<T>(object key, Func<Task<T>> reckon)
    {
        ArgumentNullException.ThrowIfNull(reckon);
        Task<T> answer;
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out (Task<T> Answer, DateTimeOffset At) kept) || kept.Answer.IsFaulted || kept.Answer.IsCanceled || clock.GetUtcNow() - kept.At > For)
            {
                kept = (Task.Run(reckon), clock.GetUtcNow());
                _answers.Set(key, kept, new MemoryCacheEntryOptions { Size = 1 });
            }

            answer = kept.Answer;
        }

        return await answer;
    }
}
