using Microsoft.Extensions.Options;
using Resilience.Dissemination;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Storage;

namespace Resilience.Tests.Dissemination;

/// <summary>The server's identity towards push services outlives its restarts and is nobody else's to read.</summary>
public sealed class VapidKeysTest : IDisposable
{
    private readonly StorageOptions _storage = new() { DataDirectory = Directory.CreateTempSubdirectory("resilience-vapid-").FullName };

    public void Dispose() => Directory.Delete(_storage.DataDirectory, recursive: true);

    [Fact]
    public void The_key_is_made_once_and_readable_by_its_owner_only()
    {
        using var first = Open();
        using var second = Open();

        Assert.Equal(first.PublicKey, second.PublicKey);
        Assert.Equal(65, System.Buffers.Text.Base64Url.DecodeFromChars(first.PublicKey).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_storage.DataDirectory, "vapid.pem")));
        }
    }

    [Fact]
    public void Processes_that_start_at_once_share_one_key()
    {
        var keys = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ =>
        {
            using var vapid = Open();
            return vapid.PublicKey;
        }).ToList();

        Assert.Single(keys.Distinct());
    }

    [Fact]
    public void A_token_is_made_once_an_hour_for_each_service()
    {
        using var vapid = Open();
        Assert.Equal(vapid.AuthorizationFor("https://a.example"), vapid.AuthorizationFor("https://a.example"));
        Assert.NotEqual(vapid.AuthorizationFor("https://a.example"), vapid.AuthorizationFor("https://b.example"));
    }

    private VapidKeys Open() => new(_storage, Options.Create(new DisseminationOptions()));
}
