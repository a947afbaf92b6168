// SPDX-License-Identifier: Apache-2.0
// Compares a small picture of each scene with the one that people have looked at and found good.
// CF_UPDATE_GOLDEN=1 writes them anew.
#include "tests/qml/scenes.h"

#include <QDir>
#include <QTest>
#include <QtQml/qqmlextensionplugin.h>

Q_IMPORT_QML_PLUGIN(CounterFire_ModelsPlugin)
Q_IMPORT_QML_PLUGIN(CounterFire_UiPlugin)

using namespace cf::kds;

namespace {

// Small enough that a glyph's edge is a shade, large enough that a moved one is seen.
constexpr int goldenWidth = 320;
// A point is another one from this difference of a colour on; so many of them are let pass, for
// another version of the font or its renderer.
constexpr int shadeMax = 48;
constexpr double othersMax = 0.004;

QImage small(const QImage &image)
{
    return image.scaledToWidth(goldenWidth, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB888);
}

bool isOther(QRgb a, QRgb b)
{
    return std::abs(qRed(a) - qRed(b)) > shadeMax || std::abs(qGreen(a) - qGreen(b)) > shadeMax
           || std::abs(qBlue(a) - qBlue(b)) > shadeMax;
}

// The part of the points that are others; 1 where not even the sizes are alike.
double difference(const QImage &a, const QImage &b)
{
    if (a.size() != b.size() || a.isNull())
        return 1;
    qint64 others = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            others += isOther(a.pixel(x, y), b.pixel(x, y)) ? 1 : 0;
    }
    return static_cast<double>(others) / (a.width() * a.height());
}

QString goldenPath(const QString &name)
{
    return QStringLiteral(CF_PICTURES "/%1.png").arg(name);
}

} // namespace

class TestPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAsItShould_data()
    {
        QTest::addColumn<int>("at");
        const std::vector<Scene> all = scenes();
        for (size_t i = 0; i < all.size(); ++i)
            QTest::newRow(qPrintable(all[i].name)) << static_cast<int>(i);
    }

    void looksAsItShould()
    {
        QFETCH(int, at);
        const std::vector<Scene> all = scenes();
        const Scene &scene = all[static_cast<size_t>(at)];
        const QImage now = small(render(scene));
        QVERIFY2(!now.isNull(), "the page could not be loaded");
        if (qEnvironmentVariableIsSet("CF_UPDATE_GOLDEN"))
            QVERIFY(now.save(goldenPath(scene.name)));
        const QImage golden(goldenPath(scene.name));
        const double others = difference(now, golden.convertToFormat(QImage::Format_RGB888));
        if (others > othersMax)
            now.save(QStringLiteral("%1.actual.png").arg(scene.name));
        QVERIFY2(others <= othersMax,
                 qPrintable(QStringLiteral("%1 % of the picture are others than in %2; what it is "
                                           "now is beside the test's log, %3.actual.png")
                                .arg(others * 100, 0, 'f', 2)
                                .arg(goldenPath(scene.name), scene.name)));
    }

    // Or the comparison above proves nothing: one ticket more, one line done, another state.
    void aChangeIsSeen()
    {
        const auto picture = [](const std::function<void(MockKitchen &)> &set) {
            return small(render({QStringLiteral("x"), QSize(1280, 800), set}));
        };
        const QImage four = picture([](MockKitchen &k) { k.fill(4); });
        QCOMPARE(difference(four, picture([](MockKitchen &k) { k.fill(4); })), 0.0);
        const auto changed = [&](const std::function<void(MockKitchen &)> &change) {
            return difference(four, picture([&](MockKitchen &k) {
                                  k.fill(4);
                                  change(k);
                              }));
        };
        QVERIFY(changed([](MockKitchen &k) { k.cancel(QStringLiteral("44"), {}); }) > othersMax);
        QVERIFY(changed([](MockKitchen &k) { k.setLink(QStringLiteral("offline")); }) > othersMax);
        QVERIFY(changed([](MockKitchen &k) { k.prioritise(QStringLiteral("43")); }) > othersMax);
    }
};

int main(int argc, char **argv)
{
    qputenv("TZ", "UTC");
    QGuiApplication app(argc, argv);
    TestPictures test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_pictures.moc"
