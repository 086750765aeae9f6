namespace Resilience.Server.Replaying;

/// <summary>
/// The open answer of a streaming source: lines come when their time comes. After the last it stays open and sends an empty line
/// now and then, as the real services do.
/// </summary>
internal sealed class PostStream : Stream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly IReadOnlyList<PlayedPost> _posts;
    private readonly TimeSpan _shift;
    private readonly TimeProvider _clock;
    private readonly bool _endless;
    private int _next;
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Begins after the post with the id <paramref name="after"/>, or with the first.</summary>
    internal PostStream(IReadOnlyList<PlayedPost> posts, TimeSpan shift, string? after, TimeProvider clock, bool endless)
    {
        (_posts, _shift, _clock, _endless) = (posts, shift, clock, endless);
        for (var i = 0; i < posts.Count && after is not null; i++)
        {
            if (posts[i].Id == after)
            {
                _next = i + 1;
            }
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            var now = _clock.GetUtcNow();
            if (_next < _posts.Count && _posts[_next].CreatedAt + _shift <= now)
            {
                byte[] line = [.. _posts[_next++].Json, (byte)'\n'];
                _rest = line;
            }
            else if (!_endless)
            {
                return 0;
            }
            else if (_next == _posts.Count || !await ComesWithinAsync(_posts[_next].CreatedAt + _shift - now, cancellationToken))
            {
                await Task.Delay(_next == _posts.Count ? Heartbeat : TimeSpan.Zero, TimeProvider.System, cancellationToken);
                _rest = "\n"u8.ToArray();
            }
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An open stream is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Waits for the next post by the chain's clock, at most a heartbeat of real time; true when its time has come.</summary>
    private async Task<bool> ComesWithinAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        using var heartbeat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        heartbeat.CancelAfter(Heartbeat);
        await Task.Delay(due, _clock, heartbeat.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return !heartbeat.IsCancellationRequested;
    }
}
