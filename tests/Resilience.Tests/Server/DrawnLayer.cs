using System.Text;
using Resilience.Core.Chain;
using Resilience.Storage.HandingOver;

namespace Resilience.Tests.Server;

/// <summary>A map layer drawn by hand: what the test puts is what the database would hold.</summary>
internal sealed class DrawnLayer(string name, Audience audience = Audience.Public) : IMapLayer
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MapFeature> _rows = [];
    private long _version;

    public string Name => name;

    public Audience Audience => audience;

    /// <summary>How often the database was asked.</summary>
    public int Reads { get; private set; }

    /// <summary>While true the database does not answer.</summary>
    public bool Broken { get; set; }

    /// <summary>Draws features, each with the same made-up properties, and nudges.</summary>
    public void Put(Nudges nudges, string text, params string[] ids)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                _rows[id] = new MapFeature(id, ++_version, Encoding.UTF8.GetBytes($$$"""{"type":"Feature","id":"{{{id}}}","geometry":null,"properties":{"text":"{{{text}}}"}}"""));
            }
        }

        nudges.Nudge(Nudges.ForMap(name));
    }

    /// <summary>Takes a feature away and nudges.</summary>
    public void Remove(Nudges nudges, string id)
    {
        lock (_gate)
        {
            _rows[id] = new MapFeature(id, ++_version, ReadOnlyMemory<byte>.Empty);
        }

        nudges.Nudge(Nudges.ForMap(name));
    }

    public Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Reads++;
            if (Broken)
            {
                throw new IOException("The database does not answer.");
            }

            return Task.FromResult<IReadOnlyList<MapFeature>>([.. _rows.Values.Where(row => row.Version > version && !(version == 0 && row.Removed)).OrderBy(row => row.Version)]);
        }
    }
}
