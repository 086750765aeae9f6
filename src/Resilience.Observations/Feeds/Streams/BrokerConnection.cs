using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Channel;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Resilience.Core.Network;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>
/// One session with one broker: MQTT 5, at least once, kept by the broker while we are away. What comes waits in a bounded queue that the
/// broker knows the size of; a message is acknowledged by whoever stored it, never before.
/// </summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<StreamMessage> _queue;
    private long _dropped;

    private readonly MqttClientOptions _options;
    private readonly MqttClientOptions _forgetting;

    private BrokerConnection(Feed feed, ObservationsOptions options, AllowedHosts allowed)
    {
        _queue = Channel.CreateBounded<StreamMessage>(options.StreamQueue);
        _options = Options(feed, options, allowed, forget: false);
        _forgetting = Options(feed, options, allowed, forget: true);
    }

    /// <summary>Messages in the order they came; completes when the connection ends.</summary>
    internal ChannelReader<StreamMessage> Messages => _queue.Reader;

    /// <summary>False when the broker knew nothing of an earlier session: what came since it was lost is gone.</summary>
    internal bool SessionPresent { get; private set; }

    /// <summary>Why the connection ended; null while it lasts or when we ended it.</summary>
    internal string? Ended { get; private set; }

    /// <summary>Messages sent without guarantee (QoS 0) that found the queue full since this was last asked.</summary>
    internal long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Connects and subscribes. Throws <see cref="FeedTrouble"/> with a reason for people; no reason ever holds a password.</summary>
    internal static async Task<BrokerConnection> OpenAsync(Feed feed, ObservationsOptions options, AllowedHosts allowed, CancellationToken cancellationToken)
    {
        var connection = new BrokerConnection(feed, options, allowed);
        try
        {
            await connection.ConnectAsync(feed, cancellationToken);
            return connection;
        }
        catch (Exception exception) when (exception is not FeedTrouble && !cancellationToken.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw new FeedTrouble("unreachable", $"The broker {feed.Readings.Host} cannot be reached: {Innermost(exception)}");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the connection. With <paramref name="forget"/> the broker drops the session too, and what waits in it.</summary>
    internal async Task CloseAsync(bool forget)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3), TimeProvider.System);
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), patience.Token);
        }
        catch (Exception exception) when (exception is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException or IOException)
        {
            // Gone already.
        }

        if (forget)
        {
            await ForgetAsync(patience.Token);
        }

        _queue.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _client.Dispose();
        await Task.CompletedTask;
    }

    // A farewell cannot take back how long the session is kept (the library leaves a zero out); a clean start that keeps none can.
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new MqttClientFactory().CreateMqttClient();
            await client.ConnectAsync(_forgetting, cancellationToken);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);
        }
        catch (Exception exception) when (exception is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException or IOException or HttpRequestException)
        {
            // Out of reach: the session ends by itself after a while.
        }
    }

    private static MqttClientOptions Options(Feed feed, ObservationsOptions options, AllowedHosts allowed, bool forget)
    {
        var credentials = options.Credentials.TryGetValue(feed.Id, out var given) ? given : new BrokerCredentials();
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(feed.ClientId)
            .WithCleanStart(forget)
            .WithSessionExpiryInterval(forget ? 0 : (uint)Math.Clamp(options.StreamSessionKeptFor.TotalSeconds, 0, uint.MaxValue))
            .WithReceiveMaximum((ushort)options.StreamQueue)
            .WithMaximumPacketSize((uint)options.StreamMaxPacket)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(ConnectPatience)
            .WithTcpServer(feed.Readings.IdnHost, StreamFormats.Port(feed.Readings))
            .WithStreamProvider(new Wire(feed.Readings, credentials, options.StreamMaxPacket, allowed));
        return (credentials.User is null ? builder : builder.WithCredentials(credentials.User, credentials.Password)).Build();
    }

    private async Task ConnectAsync(Feed feed, CancellationToken cancellationToken)
    {
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += args =>
        {
            Ended ??= args.Exception is { } exception ? Innermost(exception) : $"{args.Reason}{(string.IsNullOrEmpty(args.ReasonString) ? "" : $": {args.ReasonString}")}";
            _queue.Writer.TryComplete();
            return Task.CompletedTask;
        };
        var result = await _client.ConnectAsync(_options, cancellationToken);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new FeedTrouble("refused", $"The broker {feed.Readings.Host} refuses us: {result.ResultCode}.");
        }

        SessionPresent = result.IsSessionPresent;
        var wanted = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in feed.Topics!.Split('\n'))
        {
            wanted = wanted.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce, noLocal: false, retainAsPublished: true, MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly);
        }

        var subscribed = await _client.SubscribeAsync(wanted.Build(), cancellationToken);
        if (subscribed.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new FeedTrouble("refused", $"The broker {feed.Readings.Host} refuses topic {refused.TopicFilter.Topic}: {refused.ResultCode}.");
        }
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs args)
    {
        args.AutoAcknowledge = false;
        var sure = args.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        var message = new StreamMessage(args.ApplicationMessage.Topic, args.ApplicationMessage.Payload.ToArray(), sure ? args.AcknowledgeAsync : _ => Task.CompletedTask);
        if (!_queue.Writer.TryWrite(message) && !sure)
        {
            // One with a guarantee always has a place: the broker sends no more of them ahead than the queue holds.
            Interlocked.Increment(ref _dropped);
        }

        return Task.CompletedTask;
    }

    private static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message;

    /// <summary>Opens the socket under the same rules as every feed: public addresses unless named, certificates checked, packets bounded.</summary>
    private sealed class Wire(Uri broker, BrokerCredentials credentials, int maxPacket, AllowedHosts allowed) : IMqttClientStreamProvider
    {
        public async Task<Stream> ConnectAsync(EndPoint remoteEndPoint, CancellationToken cancellationToken)
        {
            var target = new DnsEndPoint(broker.IdnHost.Trim('[', ']'), StreamFormats.Port(broker));
            var plain = await ConnectPolicy.ConnectAsync(target, allowed.Contains(target.Host), cancellationToken);
            if (broker.Scheme != "mqtts")
            {
                return new BoundedPackets(plain, maxPacket);
            }

            var secure = new SslStream(plain);
            try
            {
                await secure.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = target.Host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, CertificateChainPolicy = Policy() }, cancellationToken);
                return new BoundedPackets(secure, maxPacket);
            }
            catch
            {
                await secure.DisposeAsync();
                throw;
            }
        }

        private X509ChainPolicy? Policy()
        {
            if (credentials.TrustedAuthorities is not { } file)
            {
                return null;
            }

            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            return policy;
        }
    }
}
