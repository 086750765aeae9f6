namespace Resilience.Tests.Server.Ogc;

/// <summary>Which requirements of OGC 17-069r4 (OGC API – Features, Part 1) a test shows, without the leading <c>/req/</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequirementAttribute(params string[] ids) : Attribute
{
    internal IReadOnlyList<string> Ids => ids;
}
