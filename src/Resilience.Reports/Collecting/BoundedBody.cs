namespace Resilience.Reports.Collecting;

/// <summary>Reads an answer no larger than allowed, however large it says it is or turns out after decompression.</summary>
internal static class BoundedBody
{
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int largest, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[32 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + read > largest)
            {
                throw new InvalidDataException($"The answer is larger than {largest / 1024 / 1024} MiB.");
            }

            body.Write(chunk, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
