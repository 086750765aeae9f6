using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace Resilience.Tests.Observations.Feeds.Streams;

/// <summary>A real broker (Debian's mosquitto) on a free local port, with a throw-away configuration; it can be killed and started again.</summary>
public sealed class Mosquitto : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resilience-mosquitto-").FullName;
    private Process? _process;

    /// <summary>Its port; the same after a restart.</summary>
    internal int Port { get; private set; }

    /// <summary>Lines for the configuration file beside the usual ones.</summary>
    internal string Extra { get; init; } = "";

    internal string Folder => _folder;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await StartAsync();
    }

    /// <summary>Starts it; sessions and what waits in them come back from its disk.</summary>
    internal async Task StartAsync()
    {
        var file = Path.Combine(_folder, "mosquitto.conf");
        var user = Environment.UserName == "root" ? "user root\n" : "";
        await File.WriteAllTextAsync(file, $"{user}listener {Port} 127.0.0.1\n{(Extra.Contains("allow_anonymous") ? "" : "allow_anonymous true\n")}persistence true\npersistence_location {_folder}/\nautosave_interval 1\nautosave_on_changes true\nmax_queued_messages 0\n{Extra}");
        var program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        _process = Process.Start(new ProcessStartInfo(program, $"-c {file}") { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        for (var attempt = 0; attempt < 500; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(10);
            }
        }

        throw new InvalidOperationException("mosquitto did not start");
    }

    /// <summary>Ends it; gently, so that it writes its sessions to disk, or with its disk wiped.</summary>
    internal async Task StopAsync(bool forget = false)
    {
        if (_process is { HasExited: false })
        {
            using var term = Process.Start("kill", $"-TERM {_process.Id}");
            await _process.WaitForExitAsync();
        }

        if (forget)
        {
            File.Delete(Path.Combine(_folder, "mosquitto.db"));
        }
    }

    /// <summary>Publishes, and returns when the broker has taken it.</summary>
    internal async Task PublishAsync(string topic, byte[] payload, bool sure = true)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build());
        await client.PublishAsync(new MqttApplicationMessage { Topic = topic, PayloadSegment = payload, QualityOfServiceLevel = sure ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce });
        await client.DisconnectAsync();
    }

    internal Task PublishAsync(string topic, string payload) => PublishAsync(topic, Encoding.UTF8.GetBytes(payload));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
