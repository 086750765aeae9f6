using Resilience.Core.Chain;

namespace Resilience.Storage.HandingOver;

/// <summary>Which links take what: filled once at start from <c>WarningChain.cs</c>, then only read.</summary>
public sealed class ChainRoutes
{
    private readonly Dictionary<string, List<string>> _linksByTopic = [];
    private readonly List<(Topic From, string Link)> _edges = [];

    /// <summary>All edges of the chain in the order they were wired.</summary>
    public IReadOnlyList<(Topic From, string Link)> Edges => _edges;

    /// <summary>Adds an edge: everything handed over under the topic becomes work for the link.</summary>
    public void Add(Topic topic, string link)
    {
        if (!_linksByTopic.TryGetValue(topic.Name, out var links))
        {
            _linksByTopic[topic.Name] = links = [];
        }

        links.Add(link);
        _edges.Add((topic, link));
    }

    /// <summary>The links that take a topic; empty when nobody does.</summary>
    public IReadOnlyList<string> ListLinks(Topic topic) => _linksByTopic.TryGetValue(topic.Name, out var links) ? links : [];
}
