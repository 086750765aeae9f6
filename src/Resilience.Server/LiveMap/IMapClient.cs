using Microsoft.AspNetCore.SignalR;

namespace Resilience.Server.LiveMap;

/// <summary>What a connected map hears. The wire names are the contract with the faces (<c>shared/api.ts</c>).</summary>
public interface IMapClient
{
    /// <summary>A layer changed.</summary>
    [HubMethodName("layer")]
    Task Layer(string name, LayerChange change);

    /// <summary>The chain's time and its speed; every ten seconds.</summary>
    [HubMethodName("clock")]
    Task Clock(string now, double speed);
}
