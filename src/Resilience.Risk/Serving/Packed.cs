using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Resilience.Risk.Serving;

/// <summary>
/// Bytes that are served again and again: packed once, each of the two representations (gzip and plain) under a strong entity tag of its own, as
/// RFC 9110 §8.8.3 wants it. Immutable.
/// </summary>
internal sealed class Packed
{
    private readonly byte[] _gzip;
    private readonly string _plainTag;
    private readonly string _gzipTag;

    internal Packed(byte[] plain)
        : this(Gzip(plain), plain)
    {
    }

    private Packed(byte[] gzip, byte[] plain)
    {
        _gzip = gzip;
        Tag = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 16));
        _plainTag = $"\"{Tag}\"";
        _gzipTag = $"\"{Tag}-gz\"";
    }

    /// <summary>A hash of the plain bytes.</summary>
    internal string Tag { get; }

    /// <summary>How much memory it takes, roughly.</summary>
    internal int Size => _gzip.Length + 300;

    /// <summary>The gzip-compressed bytes.</summary>
    internal ReadOnlyMemory<byte> Compressed => _gzip;

    /// <summary>Answers 200 with the representation the caller takes, or 304 when it has it.</summary>
    internal Task SendAsync(HttpContext http, string type, string cacheControl)
    {
        var takesGzip = TakesGzip(http.Request);
        var (tag, other) = takesGzip ? (_gzipTag, _plainTag) : (_plainTag, _gzipTag);
        var headers = http.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.Count > 0 && Has(http.Request, tag, other))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        http.Response.ContentType = type;
        if (takesGzip)
        {
            headers.ContentEncoding = "gzip";
        }

        var body = takesGzip ? _gzip : Unpack(_gzip);
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static bool TakesGzip(HttpRequest request)
    {
        var accept = request.Headers.AcceptEncoding;
        return accept.Count > 0
            && (accept is ["gzip"] || request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "gzip" && encoding.Quality is null or > 0));
    }

    private static bool Has(HttpRequest request, string tag, string other) => request.GetTypedHeaders().IfNoneMatch
        .Any(known => known.Tag == "*" || known.Tag.Equals(tag, StringComparison.Ordinal) || known.Tag.Equals(other, StringComparison.Ordinal));

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] gzip)
    {
        using var plain = new MemoryStream();
        using var unpack = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        unpack.CopyTo(plain);
        return plain.ToArray();
    }
}
